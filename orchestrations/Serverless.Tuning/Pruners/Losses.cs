using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Pruners;

/// <summary>Arithmetic on losses, of which less is better, and some may not be numbers.</summary>
internal static class Losses
{
    /// <summary>The least loss of a part of a curve; <see cref="double.NaN"/> when there is no number.</summary>
    public static double Best(Objective objective, Curve curve, int from, int to)
    {
        var best = double.NaN;
        for (var index = from; index < to; index++)
        {
            var loss = objective.Loss(curve.Values[index]);
            if (!(loss >= best) && !double.IsNaN(loss))
                best = loss;
        }

        return best;
    }

    /// <summary>A percentile with straight lines between the numbers; <see cref="double.NaN"/> when there is none.</summary>
    public static double Percentile(List<double> losses, double percentile)
    {
        losses.RemoveAll(double.IsNaN);
        if (losses.Count == 0)
            return double.NaN;
        losses.Sort();
        var place = percentile / 100 * (losses.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, losses.Count - 1);
        return losses[below] + (place - below) * (losses[above] - losses[below]);
    }
}
