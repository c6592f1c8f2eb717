namespace Serverless.Tuning.CovarianceAdaptation;

/// <summary>Whether an evolution strategy has come to its end: Hansen's tutorial, appendix B.3.</summary>
internal static class StoppingRule
{
    private const double LossTolerance = 1e-12, StepTolerance = 1e-12, LargestCondition = 1e14, LargestGrowth = 1e4;

    /// <summary>How many generations' best and worst losses it looks at.</summary>
    public static int Window(EvolutionSettings settings) => 10 + (int)Math.Ceiling(30.0 * settings.Dimension / settings.Population);

    /// <summary>Whether to stop.</summary>
    /// <param name="settings">The constants.</param>
    /// <param name="state">The distribution.</param>
    /// <param name="firstStep">The step size at the beginning.</param>
    /// <param name="losses">The best loss and the worst of each of the last generations, at most <see cref="Window"/> of them.</param>
    public static bool Holds(EvolutionSettings settings, EvolutionState state, double firstStep, ReadOnlySpan<double> losses)
    {
        double longest = state.Axes.Max(), shortest = state.Axes.Min();
        if (longest * longest > LargestCondition * shortest * shortest || state.Step * longest > LargestGrowth * firstStep)
            return true;
        if (losses.Length >= 2 * Window(settings) && Range(losses) < LossTolerance)
            return true;
        var still = state.Step * Math.Max(longest, state.CovariancePath.Max(Math.Abs)) < StepTolerance * firstStep;
        return still || HasNoEffect(state);
    }

    private static double Range(ReadOnlySpan<double> losses)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (var loss in losses)
            (least, most) = (Math.Min(least, loss), Math.Max(most, loss));
        return most - least;
    }

    /// <summary>A fifth of a deviation in some coordinate no longer changes the mean.</summary>
    private static bool HasNoEffect(EvolutionState state)
    {
        var n = state.Mean.Length;
        for (var i = 0; i < n; i++)
        {
            if (state.Mean[i] == state.Mean[i] + 0.2 * state.Step * Math.Sqrt(state.Covariance[i * n + i]))
                return true;
        }

        return false;
    }
}
