using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>
/// Bayesian optimisation: a Gaussian process with a Matérn 5/2 kernel and a length scale for each parameter, and the logarithm of the expected improvement.
/// Of two or three objectives the volume is followed that a trial is expected to add to the front (<see cref="HypervolumeImprovement"/>), of more a random weighting at each trial (Knowles, ParEGO, 2006).
/// Jones, Schonlau and Welch, Efficient Global Optimization of Expensive Black-Box Functions, 1998; Snoek, Larochelle and Adams, Practical Bayesian
/// Optimization of Machine Learning Algorithms, 2012; further papers where their ideas are used.
/// </summary>
public sealed class GaussianProcessSampler : ISampler
{
    private Encoding? encoding;

    /// <inheritdoc/>
    public string Name => "gp";

    /// <summary>The first trial is in the middle of the space. Without, the first is as any other.</summary>
    public bool BeginsInTheMiddle { get; init; } = true;

    /// <inheritdoc/>
    public Proposal Propose(TrialHistory history, SamplerMemory memory, RandomSource random)
    {
        if (encoding?.Space != history.Space)
            encoding = new Encoding(history.Space);
        var weighted = Scalarization.Of(history, random);
        var byVolume = FrontModel.Suits(history);
        var known = byVolume ? FrontModel.Read(history, encoding) : Observations.Of(history, encoding, weighted);
        if (known.Trials.Count < StartDesign.Count(encoding.Searched.Count))
            return StartDesign.Propose(encoding, history.Trials.Count, BeginsInTheMiddle, memory, random);
        if (byVolume)
        {
            var model = FrontModel.Fit(known, history, encoding, memory);
            return Propose(new AcquisitionSearch(encoding, known.With(weighted), random).Best(model.Improvement), model.Rows());
        }

        var surrogate = Surrogate.Fit(known, encoding, memory);
        return Propose(new AcquisitionSearch(encoding, known, random).Best(new ExpectedImprovement(surrogate.Process, surrogate.Best)), surrogate.Rows());
    }

    private static Proposal Propose(double[] point, IEnumerable<KeyValuePair<string, double[]>> rows) =>
        new(point) { Memory = new SamplerMemory(new Dictionary<string, double[]>(rows)) };
}
