using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>
/// The tree-structured Parzen estimator: one density of the good trials, one of the others, and the point where the first is greatest against the second
/// (Bergstra, Bardenet, Bengio, Kégl, Algorithms for Hyper-Parameter Optimization, NIPS 2011; jointly: Falkner, Klein, Hutter, BOHB, ICML 2018;
/// its constants: Watanabe, Tree-Structured Parzen Estimator, arXiv 2304.11127; several objectives: Ozaki et al., Multiobjective TPE, JAIR 73, 2022).
/// </summary>
public sealed class TpeSampler : ISampler
{
    private readonly TpeOptions options;
    private readonly ParzenMixture good = new();
    private readonly ParzenMixture bad = new();
    private readonly CandidateSet candidates = new();
    private LearnedTrials? learned;

    /// <summary>Made with options.</summary>
    public TpeSampler(TpeOptions? options = null) => this.options = options ?? new();

    /// <inheritdoc/>
    public string Name => options.Model switch
    {
        TpeModel.Independent => "tpe-independent",
        TpeModel.Multivariate => "tpe-multivariate",
        TpeModel.Grouped => "tpe",
        _ => throw new InvalidOperationException($"The model '{options.Model}' is unknown. Use one of the models of this library."),
    };

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        if (learned?.History != history)
            learned = new LearnedTrials(history);
        learned.Learn();
        if (learned.Count < options.StartupTrials)
            return new Proposal(UniformPoints.Draw(history.Space, random));

        learned.Split(Math.Min((int)Math.Ceiling(options.GoodShare * learned.Count), options.MaxGood));
        learned.Pretend(options.ConstantLiar);
        var point = new double[history.Space.Dimensions.Count];
        Array.Fill(point, double.NaN);
        foreach (var block in learned.Blocks(options.Model))
        {
            if (history.Space.IsActive(block[0], point))
                Choose(block, point, random);
        }

        return new Proposal(point);
    }

    private void Choose(IReadOnlyList<Dimension> block, double[] point, RandomSource random)
    {
        if (block[0].Kind == DimensionKind.Fixed)
        {
            point[block[0].Index] = block[0].Low;
            return;
        }

        good.Build(learned!, block, options, ofGood: true);
        bad.Build(learned!, block, options, ofGood: false);
        candidates.Draw(good, block, options.Candidates, random);
        var best = candidates.Best(good, bad);
        for (var index = 0; index < block.Count; index++)
            point[block[index].Index] = candidates.Coordinate(index, best);
    }
}
