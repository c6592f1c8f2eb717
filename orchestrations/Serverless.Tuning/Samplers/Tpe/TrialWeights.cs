namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>How much trials weigh by age (section 3.3.2 of Watanabe's paper; Optuna's default).</summary>
internal static class TrialWeights
{
    /// <summary>Fills in weights from the oldest trial to the latest: the latest have 1, the others rise in equal steps from 1/n to 1.</summary>
    public static void Fill(Span<double> weights, int full)
    {
        var old = weights.Length - full;
        var least = 1.0 / weights.Length;
        var slope = old > 1 ? (1 - least) / (old - 1) : 0;
        for (var index = 0; index < old; index++)
            weights[index] = least + slope * index;
        weights[Math.Max(0, old)..].Fill(1);
    }
}
