using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>Where the next point comes from: those that someone chose, then the sampler.</summary>
internal sealed class PointSource
{
    /// <summary>How often a sampler is asked for a permitted point before chance is.</summary>
    private const int MaxProposals = 32;

    /// <summary>How often chance is: a space that permits one point in a thousand is still searched.</summary>
    private const int MaxDraws = 10_000;

    private readonly ISampler sampler;
    private readonly TrialHistory history;
    private readonly RandomSource random;
    private readonly Queue<double[]> chosen;
    private SamplerMemory memory;

    public PointSource(ISampler sampler, TrialHistory history, StudyState state)
    {
        (this.sampler, this.history, memory, Exhausted) = (sampler, history, state.Memory, state.Exhausted);
        random = new RandomSource(RandomState.Parse(state.Random));
        chosen = new Queue<double[]>(state.Chosen);
    }

    public bool Exhausted { get; private set; }

    public void Choose(double[] point)
    {
        if (!chosen.Any(waiting => waiting.AsSpan().SequenceEqual(point)))
            chosen.Enqueue(point);
    }

    public StudyState Into(StudyState state) => state with { Random = random.State.ToString(), Memory = memory, Chosen = [.. chosen], Exhausted = Exhausted };

    public StudyDelta Into(StudyDelta delta) => delta with { Random = random.State.ToString(), Memory = memory, Chosen = [.. chosen], Exhausted = Exhausted };

    /// <summary>The next point; null: there is none, or none yet.</summary>
    public (double[] Point, TrialOrigin Origin, int? Parent)? Next()
    {
        if (chosen.TryDequeue(out var wanted))
            return (wanted, TrialOrigin.Chosen, null);
        for (var attempt = 0; attempt < MaxProposals; attempt++)
        {
            var proposal = sampler.Propose(history, memory, random);
            memory = proposal.Memory ?? memory;
            Exhausted = proposal.Exhausted;
            if (Exhausted || (proposal.Waits && history.Running > 0))
                return null;
            if (!history.Space.Complete(proposal.Point))
                throw new InvalidOperationException($"The sampler '{sampler.Name}' left a parameter without a value at trial {history.Trials.Count}. A sampler must set every parameter that is there.");
            if (history.Space.IsPermitted(proposal.Point))
                return (proposal.Point, TrialOrigin.Sampled, proposal.Parent);
        }

        return (Draw(), TrialOrigin.Sampled, null);
    }

    private double[] Draw()
    {
        for (var attempt = 0; attempt < MaxDraws; attempt++)
        {
            var point = UniformPoints.Draw(history.Space, random);
            if (history.Space.IsPermitted(point))
                return point;
        }

        throw new InvalidOperationException($"None of {MaxDraws} points drawn by chance is permitted. Make 'forbidden' narrower, or describe the space so that fewer points are forbidden.");
    }
}
