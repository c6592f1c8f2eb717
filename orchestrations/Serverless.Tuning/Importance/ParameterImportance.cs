namespace Serverless.Tuning.Importance;

/// <summary>How much a parameter matters.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">By the method's own measure: the part of the variance in [0, 1], or a divergence from 0. Of a parameter that is not always there: among the trials where it is.</param>
/// <param name="Trials">In how many of the report's trials it is there.</param>
public sealed record ParameterImportance(string Name, double Value, int Trials)
{
    /// <summary>Its part of all parameters' values, which add up to 1 (0 for all when no parameter matters).</summary>
    public double Importance { get; init; }

    /// <summary>Of a forest: the standard deviation of the value over the trees.</summary>
    public double? Spread { get; init; }
}
