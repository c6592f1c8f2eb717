using Serverless.Tuning.Randomness;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>One loss of several: the augmented Chebyshev norm with random weights over what was met so far (Knowles, ParEGO, 2006, section III).</summary>
internal static class Scalarization
{
    private const double Rho = 0.05;

    /// <summary>The loss of a complete trial. With one objective nothing is drawn.</summary>
    public static Func<Trial, double> Of(TrialHistory history, RandomSource random)
    {
        var objectives = history.Objectives.Count;
        if (objectives == 1)
            return trial => history.Loss(trial);
        double[] weights = [.. Enumerable.Range(0, objectives).Select(_ => -Math.Log(random.NextOpenUniform()))];
        var total = weights.Sum();
        var complete = history.Ended.Where(trial => trial.Status == TrialStatus.Complete).ToList();
        double[] least = [.. Enumerable.Range(0, objectives).Select(k => complete.Select(trial => history.Loss(trial, k)).DefaultIfEmpty().Min())];
        double[] ranges = [.. Enumerable.Range(0, objectives).Select(k => Math.Max(1e-300, complete.Select(trial => history.Loss(trial, k)).DefaultIfEmpty().Max() - least[k]))];
        return trial =>
        {
            double most = 0, sum = 0;
            for (var k = 0; k < objectives; k++)
            {
                var weighted = weights[k] / total * (history.Loss(trial, k) - least[k]) / ranges[k];
                (most, sum) = (Math.Max(most, weighted), sum + weighted);
            }

            return most + Rho * sum;
        };
    }
}
