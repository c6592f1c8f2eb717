using Serverless.Tuning.Randomness;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Sampling;

/// <summary>
/// Chooses the next point. What it says depends on nothing but the history, the memory and the generator's state: the same three give the same proposal, bit for bit.
/// An instance may keep what it derived from a history as long as that shows in its speed alone. One instance serves one study at a time.
/// </summary>
public interface ISampler
{
    /// <summary>Its name, under which a study is saved and found again; such as <c>tpe</c>.</summary>
    string Name { get; }

    /// <summary>Chooses a point for the next trial, whose number is the count of the history's trials.</summary>
    /// <param name="history">What is known. Forbidden combinations are the study's concern too: it asks again when the point is not permitted.</param>
    /// <param name="memory">What the sampler left with its last proposal; empty at first.</param>
    /// <param name="random">The study's generator; its state is saved.</param>
    Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random);
}
