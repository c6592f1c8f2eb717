namespace Serverless.Tuning.Spaces;

/// <summary>What samplers need to know of a parameter.</summary>
public enum DimensionKind
{
    /// <summary>Any number of an interval.</summary>
    Continuous,

    /// <summary>Numbers at equal steps, or whole numbers (by logarithm: at equal ratios).</summary>
    Stepped,

    /// <summary>Levels in an order; coordinates are their indices.</summary>
    Ordinal,

    /// <summary>Choices without an order; coordinates are their indices.</summary>
    Categorical,

    /// <summary>One value only: nothing to search.</summary>
    Fixed,
}
