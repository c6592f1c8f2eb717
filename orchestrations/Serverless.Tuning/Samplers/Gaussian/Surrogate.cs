using Serverless.Tuning.GaussianProcesses;
using Serverless.Tuning.Sampling;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>A model of the loss over the whole space, fitted to everything that is known. Its parameters are the start of the next fit.</summary>
internal sealed class Surrogate
{
    /// <summary>Up to so many trials every warp is tried each time, later at each tenth trial.</summary>
    private const int FewTrials = 30;

    private readonly string kernelRow, warpRow;

    private Surrogate(GaussianProcess process, double[] values, double[] kernel, int warp, string kernelRow, string warpRow) =>
        (Process, Values, Kernel, Warp, this.kernelRow, this.warpRow) = (process, values, kernel, warp, kernelRow, warpRow);

    /// <summary>The model.</summary>
    public GaussianProcess Process { get; }

    /// <summary>The losses as the model knows them, in the order of the trials.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The best loss as the model knows it.</summary>
    public double Best => Values.Min();

    private double[] Kernel { get; }

    private int Warp { get; }

    /// <summary>What is believed of kernels before anything is known.</summary>
    public static KernelPrior Prior { get; } = new();

    /// <summary>Fits a model; running trials are assumed to bring what it expects of them (Ginsbourger et al., Kriging Is Well-Suited to Parallelize Optimization, 2010).</summary>
    /// <param name="known">What it learns from; at least one trial.</param>
    /// <param name="encoding">How places are made.</param>
    /// <param name="memory">The parameters of the last fit, or nothing.</param>
    /// <param name="name">Which of several models it is, for the memory.</param>
    /// <param name="warps">Losses may be warped; without, the model's units are parts of their deviation.</param>
    public static Surrogate Fit(Observations known, Encoding encoding, SamplerMemory memory, string name = "", bool warps = true)
    {
        var (kernelRow, warpRow) = ("kernel" + name, "warp" + name);
        var data = new TrainingSet(encoding.Groups, known.Places.Count + known.Running.Count);
        foreach (var place in known.Places)
            data.Add(place);
        var active = known.Trials.Average(trial => encoding.Searched.Count(dimension => !double.IsNaN(trial.Point[dimension.Index])));
        var prior = Prior.In(active);
        var (values, kernel, warp) = Choose(known.Losses, data, prior, memory.Row(kernelRow), (int)(memory.Row(warpRow)?[0] ?? 0), warps ? LossWarp.Count : 1);
        var process = new GaussianProcess(data, values, kernel, prior);
        foreach (var place in known.Running)
            process.TryAppend(place, process.PredictMean(place));
        return new Surrogate(process, values, kernel, warp, kernelRow, warpRow);
    }

    /// <summary>Adds to the memory what the next fit begins with.</summary>
    public IEnumerable<KeyValuePair<string, double[]>> Rows() => [new(kernelRow, Kernel), new(warpRow, [Warp])];

    private static (double[] Values, double[] Kernel, int Warp) Choose(double[] losses, TrainingSet data, KernelPrior prior, double[]? lastKernel, int lastWarp, int warps)
    {
        var last = lastKernel?.Length == data.GroupCount + 1 ? lastKernel : null;
        if (last is not null && losses.Length >= FewTrials && losses.Length % 10 != 0)
        {
            var (values, _) = LossWarp.Apply(losses, lastWarp);
            double[] improved = [.. last];
            KernelFit.Improve(data, values, prior, improved, 6);
            return (values, improved, lastWarp);
        }

        (double[] Values, double[] Kernel, int Warp) chosen = ([], [], 0);
        var least = double.PositiveInfinity;
        for (var warp = 0; warp < warps; warp++)
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
