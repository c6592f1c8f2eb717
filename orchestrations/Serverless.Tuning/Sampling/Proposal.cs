namespace Serverless.Tuning.Sampling;

/// <summary>What a sampler wants tried next.</summary>
/// <param name="Point">A coordinate for each dimension. Those of parameters that are not there, and of those with one value, do not matter: the study sets them.</param>
public sealed record Proposal(double[] Point)
{
    /// <summary>What the sampler wants to find at its next proposal; null: what it has now.</summary>
    public SamplerMemory? Memory { get; init; }

    /// <summary>A trial whose checkpoint the new one is to begin with; null: none.</summary>
    public int? Parent { get; init; }

    /// <summary>There is nothing to try before another trial has ended: the point is not used, and the sampler is asked again later. Only while a trial runs.</summary>
    public bool Waits { get; init; }

    /// <summary>There is nothing more to try: the point is not used, and the study ends with the trials that run.</summary>
    public bool Exhausted { get; init; }
}
