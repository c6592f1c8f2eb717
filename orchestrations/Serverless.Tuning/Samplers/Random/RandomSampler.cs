using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Random;

/// <summary>Points by chance (Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, JMLR 13, 2012): the yardstick of the others.</summary>
public sealed class RandomSampler : ISampler
{
    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random) => new(UniformPoints.Draw(history.Space, random));
}
