namespace Serverless.Tuning.Sampling;

/// <summary>What a sampler keeps from one proposal to the next beyond the history: named rows of numbers. It is saved with the study, exactly.</summary>
/// <param name="Rows">The rows by name. A row that was handed over is not changed any more.</param>
public sealed record SamplerMemory(IReadOnlyDictionary<string, double[]> Rows)
{
    /// <summary>No rows.</summary>
    public static SamplerMemory Empty { get; } = new(new Dictionary<string, double[]>());

    /// <summary>A row; null: there is none.</summary>
    public double[]? Row(string name) => Rows.GetValueOrDefault(name);
}
