using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Sequences;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.QuasiRandom;

/// <summary>
/// Points of a sequence that fills the space evenly. Every parameter has a dimension of its own, choices and conditional ones too. Beyond the dimensions
/// that Sobol's sequence has, coordinates are drawn by chance.
/// </summary>
public sealed class QuasiRandomSampler : ISampler
{
    private const string State = "sequence";

    private readonly QuasiRandomKind kind;
    private readonly bool scramble;
    private HaltonSequence? halton;
    private uint? haltonSeed;

    /// <summary>Made with its settings.</summary>
    /// <param name="kind">Which sequence.</param>
    /// <param name="scramble">Whether it is randomised. Without, two studies try the same points, and the first is a corner of the space.</param>
    public QuasiRandomSampler(QuasiRandomKind kind = QuasiRandomKind.Sobol, bool scramble = true) => (this.kind, this.scramble) = (kind, scramble);

    /// <inheritdoc/>
    public string Name => kind switch
    {
        QuasiRandomKind.Sobol => "sobol",
        QuasiRandomKind.Halton => "halton",
        _ => throw new InvalidOperationException($"The sequence '{kind}' is unknown. Use one of the sequences of this library."),
    };

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        double[] state = memory.Row(State) ?? [0, scramble ? (uint)(random.NextBits() >> 32) : -1];
        var (index, seed) = ((uint)state[0], state[1] < 0 ? (uint?)null : (uint)state[1]);
        var point = new double[history.Space.Dimensions.Count];
        foreach (var dimension in history.Space.Dimensions)
            point[dimension.Index] = dimension.FromUnit(At(index, dimension, seed, random));
        return new Proposal(point) { Memory = new SamplerMemory(new Dictionary<string, double[]> { [State] = [index + 1.0, state[1]] }) };
    }

    private double At(uint index, Dimension dimension, uint? seed, RandomSource random)
    {
        if (kind == QuasiRandomKind.Sobol)
            return dimension.Index < SobolSequence.MaxDimensions ? SobolSequence.At(index, dimension.Index, seed) : random.NextUniform();
        if (halton is null || haltonSeed != seed)
            (halton, haltonSeed) = (new HaltonSequence(seed), seed);
        return halton.At(index, dimension.Index);
    }
}
