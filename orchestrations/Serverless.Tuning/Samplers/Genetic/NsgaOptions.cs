namespace Serverless.Tuning.Samplers.Genetic;

/// <summary>How <see cref="NsgaSampler"/> works. The defaults are those of Optuna 4.9.</summary>
public sealed record NsgaOptions
{
    /// <summary>How many trials make a generation; at least 2.</summary>
    public int Population { get; init; } = 50;

    /// <summary>How probably a child has two parents; in [0, 1].</summary>
    public double CrossoverProbability { get; init; } = 0.9;

    /// <summary>How probably a parameter is of the second parent; in [0, 1].</summary>
    public double SwapProbability { get; init; } = 0.5;

    /// <summary>How probably a parameter is drawn anew; null: so that one is, on average.</summary>
    public double? MutationProbability { get; init; }
}
