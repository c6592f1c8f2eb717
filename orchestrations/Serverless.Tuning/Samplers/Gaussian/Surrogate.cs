using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Sampling;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>A model of the loss over the whole space, fitted to everything that is known. Its parameters are the start of the next fit.</summary>
internal sealed class Surrogate
{
    private const string KernelRow = "kernel", WarpRow = "warp";

    /// <summary>Up to so many trials every warp is tried each time, later at each tenth trial.</summary>
    private const int FewTrials = 30;

    private Surrogate(GaussianProcess process, double best, double[] kernel, int warp) => (Process, Best, Kernel, Warp) = (process, best, kernel, warp);

    /// <summary>The model.</summary>
    public GaussianProcess Process { get; }

    /// <summary>The best loss as the model knows it.</summary>
    public double Best { get; }

    private double[] Kernel { get; }

    private int Warp { get; }

    /// <summary>What is believed of kernels before anything is known.</summary>
    public static KernelPrior Prior { get; } = new();

    /// <summary>Fits a model; running trials are assumed to bring what it expects of them (Ginsbourger et al., Kriging Is Well-Suited to Parallelize Optimization, 2010).</summary>
    /// <param name="known">What it learns from; at least one trial.</param>
    /// <param name="encoding">How places are made.</param>
    /// <param name="memory">The parameters of the last fit, or nothing.</param>
    public static Surrogate Fit(Observations known, Encoding encoding, SamplerMemory memory)
    {
        var data = new TrainingSet(encoding.Groups, known.Places.Count + known.Running.Count);
        foreach (var place in known.Places)
            data.Add(place);
        var active = known.Trials.Average(trial => encoding.Searched.Count(dimension => !double.IsNaN(trial.Point[dimension.Index])));
        var prior = Prior.In(active);
        var (values, kernel, warp) = Choose(known.Losses, data, prior, memory);
        var process = new GaussianProcess(data, values, kernel, prior);
        foreach (var place in known.Running)
            process.TryAppend(place, process.PredictMean(place));
        return new Surrogate(process, values.Min(), kernel, warp);
    }

    /// <summary>Adds to the memory what the next fit begins with.</summary>
    public IEnumerable<KeyValuePair<string, double[]>> Rows() => [new(KernelRow, Kernel), new(WarpRow, [Warp])];

    private static (double[] Values, double[] Kernel, int Warp) Choose(double[] losses, TrainingSet data, KernelPrior prior, SamplerMemory memory)
    {
        var last = memory.Row(KernelRow) is { } row && row.Length == data.GroupCount + 1 ? row : null;
        var lastWarp = (int)(memory.Row(WarpRow)?[0] ?? 0);
        if (last is not null && losses.Length >= FewTrials && losses.Length % 10 != 0)
        {
            var (values, _) = LossWarp.Apply(losses, lastWarp);
            double[] improved = [.. last];
            KernelFit.Improve(data, values, prior, improved, 6);
            return (values, improved, lastWarp);
        }

        (double[] Values, double[] Kernel, int Warp) chosen = ([], [], 0);
        var least = double.PositiveInfinity;
        for (var warp = 0; warp < LossWarp.Count; warp++)
        {
            var (values, jacobian) = LossWarp.Apply(losses, warp);
            double[] kernel = warp == lastWarp && last is not null && losses.Length % 5 != 0 ? [.. last] : KernelFit.Start(data, prior);
            var misfit = KernelFit.Improve(data, values, prior, kernel, warp == lastWarp ? 12 : 8) + jacobian;
            if (misfit < least || warp == 0)
                (least, chosen) = (misfit, (values, kernel, warp));
        }

        return chosen;
    }
}
