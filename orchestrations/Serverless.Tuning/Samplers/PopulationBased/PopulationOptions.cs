namespace Serverless.Tuning.Samplers.PopulationBased;

/// <summary>How <see cref="PopulationSampler"/> works. The defaults are those of section 4.1 of the paper.</summary>
public sealed record PopulationOptions
{
    /// <summary>How many members there are; at least 2.</summary>
    public int Members { get; init; } = 20;

    /// <summary>The part of the members at each end: those at the lower copy one of the upper; in (0, 0.5].</summary>
    public double Truncation { get; init; } = 0.2;

    /// <summary>How probably a parameter of a copy is drawn anew; in [0, 1].</summary>
    public double ResampleProbability { get; init; } = 0.25;

    /// <summary>By how much the other numbers of a copy are multiplied or divided; more than 1.</summary>
    public double Factor { get; init; } = 1.2;
}
