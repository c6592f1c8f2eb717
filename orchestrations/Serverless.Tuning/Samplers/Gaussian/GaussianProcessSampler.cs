using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>
/// Bayesian optimisation: a Gaussian process with a Matérn 5/2 kernel and a length scale for each parameter, and the logarithm of the expected improvement.
/// Of several objectives a random weighting is followed at each trial (Knowles, ParEGO, 2006).
/// Jones, Schonlau and Welch, Efficient Global Optimization of Expensive Black-Box Functions, 1998; Snoek, Larochelle and Adams, Practical Bayesian
/// Optimization of Machine Learning Algorithms, 2012; further papers where their ideas are used.
/// </summary>
public sealed class GaussianProcessSampler : ISampler
{
    private Encoding? encoding;

    /// <inheritdoc/>
    public string Name => "gp";

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        if (encoding?.Space != history.Space)
            encoding = new Encoding(history.Space);
        var known = Observations.Of(history, encoding, Scalarization.Of(history, random));
        if (known.Trials.Count < StartDesign.Count(encoding.Searched.Count))
            return StartDesign.Propose(encoding, history.Trials.Count, fromMiddle: true, memory, random);
        var surrogate = Surrogate.Fit(known, encoding, memory);
        var point = new AcquisitionSearch(encoding, known, random).Best(new ExpectedImprovement(surrogate.Process, surrogate.Best));
        return new Proposal(point) { Memory = new SamplerMemory(new Dictionary<string, double[]>(surrogate.Rows())) };
    }
}
