using Serverless.Tuning.Spaces;

namespace Serverless.Benchmarks.Tuning.Pruning;

/// <summary>
/// The error of a network by epoch, made up so that curves cross: low rates, large networks and much dropout learn slower, and high rates diverge.
/// The noise is a function of seed, trial and epoch, so that two programs see the same.
/// </summary>
internal sealed class LearningCurve
{
    /// <summary>The epochs of a whole training.</summary>
    public const int Epochs = 81;

    private const double Noise = 0.006;

    private readonly double end;
    private readonly double slowness;
    private readonly int? divergence;

    /// <summary>Made from a trial's values.</summary>
    public LearningCurve(IReadOnlyDictionary<string, ParameterValue> values)
    {
        var (rate, adam) = (values["lr"].Number, values["opt"].Text == "adam");
        var best = adam ? -3.0 : -1.3;
        var capacity = values["layers"].Number * Math.Log2(values["units"].Number);
        var dropout = values["dropout"].Number;
        end = Math.Min(0.9, 0.05
            + 0.03 * Math.Pow(Math.Log10(rate * Math.Sqrt(32 / values["batch"].Number)) - best, 2)
            + 0.0004 * Math.Pow(capacity - 28, 2)
            + 0.12 * Math.Pow(dropout - 0.2, 2)
            + 0.006 * Math.Pow(Math.Log10(values["wd"].Number) + 4, 2)
            + (adam ? 0 : 0.008));
        slowness = 3 * Math.Pow(1.6, Math.Max(0, best - Math.Log10(rate))) * (1 + 0.03 * capacity / 4) * (1 + 1.5 * dropout) * (adam ? 1 : 1.6);
        var limit = adam ? -1.0 : -0.2;
        divergence = Math.Log10(rate) <= limit ? null : Math.Max(1, (int)(6 * (1 - (Math.Log10(rate) - limit))));
    }

    /// <summary>What is searched.</summary>
    public static SpaceDescription Space { get; } = new(
    [
        new FloatParameter("lr", 1e-5, 1, Log: true),
        new IntParameter("batch", 16, 512, Log: true),
        new IntParameter("layers", 1, 6),
        new IntParameter("units", 16, 1024, Log: true),
        new FloatParameter("dropout", 0, 0.8),
        new FloatParameter("wd", 1e-6, 1e-1, Log: true),
        new CategoricalParameter("opt", ["sgd", "adam"]),
    ]);

    /// <summary>The error after an epoch, without noise.</summary>
    public double True(int epoch) => end + (0.9 - end) * Math.Exp(-Math.Pow(epoch / slowness, 0.8));

    /// <summary>The error that a training reports.</summary>
    public double Observed(int epoch, int seed, int trial) => epoch >= divergence ? double.NaN : True(epoch) + Noise * Normal(seed, trial, epoch);

    /// <summary>Nearly normal: twelve uniform numbers of splitmix64 less six.</summary>
    private static double Normal(int seed, int trial, int epoch)
    {
        var hash = Mix((ulong)(seed * 1_000_003L + trial * 8_191L + epoch));
        var sum = -6.0;
        for (var part = 0; part < 12; part++)
        {
            hash = Mix(hash);
            sum += (hash >> 11) / (double)(1L << 53);
        }

        return sum;
    }

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
