using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>The value that counts, from those that were reported.</summary>
internal static class FinalValues
{
    /// <summary>The value by the objective's rule; <see cref="double.NaN"/> when nothing was reported.</summary>
    public static double Of(Objective objective, Curve curve)
    {
        if (curve.Count == 0)
            return double.NaN;
        return objective.Final switch
        {
            FinalValue.Last => curve.Values[^1],
            FinalValue.Best => Best(objective, curve.Values),
            FinalValue.MeanOfLast => curve.Values.TakeLast(Math.Max(1, objective.MeanOf)).Average(),
            _ => throw new InvalidOperationException($"The objective '{objective.Name}' has the unknown rule '{objective.Final}'. Use one of the rules of this library."),
        };
    }

    private static double Best(Objective objective, IReadOnlyList<double> values)
    {
        var best = double.NaN;
        foreach (var value in values)
        {
            if (double.IsNaN(best) || objective.Loss(value) < objective.Loss(best))
                best = value;
        }

        return best;
    }
}
