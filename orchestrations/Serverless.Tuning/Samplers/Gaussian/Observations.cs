using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Samplers.Gaussian;

/// <summary>What a model learns from: trials that ended, each with a loss, and those that run.</summary>
/// <param name="Trials">The trials that ended.</param>
/// <param name="Places">Where each is.</param>
/// <param name="Losses">What each came to; less is better.</param>
/// <param name="Running">Where the trials are that run.</param>
internal sealed record Observations(IReadOnlyList<Trial> Trials, IReadOnlyList<double[]> Places, double[] Losses, IReadOnlyList<double[]> Running)
{
    /// <summary>The most trials of a model, whose cost grows with the third power of their number.</summary>
    public const int MaxTrials = 240;

    /// <summary>Losses beyond it count as it: their squares must be numbers.</summary>
    private const double Extreme = 1e100;

    /// <summary>The index of the best trial.</summary>
    public int Best => Array.IndexOf(Losses, Losses.Min());

    /// <summary>The distance of the median loss to the best: what a gain is measured by.</summary>
    public double Spread
    {
        get
        {
            double[] sorted = [.. Losses.Order()];
            return sorted[sorted.Length / 2] - sorted[0];
        }
    }

    /// <summary>The index of a trial; −1: it is not among them.</summary>
    public int IndexOf(int number)
    {
        for (var index = 0; index < Trials.Count; index++)
        {
            if (Trials[index].Number == number)
                return index;
        }

        return -1;
    }

    /// <summary>Whether a trial was at exactly this point.</summary>
    public bool Has(ReadOnlySpan<double> point)
    {
        foreach (var trial in Trials)
        {
            if (trial.Point.SequenceEqual(point))
                return true;
        }

        return false;
    }

    /// <summary>Reads a history.</summary>
    /// <param name="history">What is known.</param>
    /// <param name="encoding">How places are made.</param>
    /// <param name="scalar">One loss of a complete trial.</param>
    /// <remarks>
    /// A pruned trial counts with what it reported last, and at least as bad as the middle of the complete ones; a failed one as the worst of them.
    /// Of many trials the better third, the later third, and an even pick of the others are taken.
    /// </remarks>
    public static Observations Of(TrialHistory history, Encoding encoding, Func<Trial, double> scalar)
    {
        var complete = history.Ended.Where(trial => trial.Status == TrialStatus.Complete).Select(scalar).Order().ToList();
        if (complete.Count == 0)
            return new([], [], [], [.. WhereRunning(history, encoding)]);
        var (middle, worst) = (complete[complete.Count / 2], complete[^1]);
        var known = Pick([.. history.Ended.Select(trial => (trial, LossOf(trial)))]);
        return new([.. known.Select(pair => pair.Trial)], [.. known.Select(pair => encoding.Encode(pair.Trial.Point))], [.. known.Select(pair => pair.Loss)], [.. WhereRunning(history, encoding)]);

        double LossOf(Trial trial) => Math.Clamp(RawLoss(trial), -Extreme, Extreme);

        double RawLoss(Trial trial) => trial.Status switch
        {
            TrialStatus.Complete => scalar(trial),
            TrialStatus.Pruned when history.Objectives.Count == 1 && trial.Curves[0].Values.LastOrDefault(double.NaN) is var last && !double.IsNaN(last) =>
                Math.Max(middle, history.Objectives[0].Loss(last)),
            _ => worst,
        };
    }

    /// <summary>The same trials with another loss: that of a complete trial, and the worst of those for the others.</summary>
    public Observations With(Func<Trial, double> loss)
    {
        var worst = Trials.Where(trial => trial.Status == TrialStatus.Complete).Max(loss);
        return this with { Losses = [.. Trials.Select(trial => Math.Clamp(trial.Status == TrialStatus.Complete ? loss(trial) : worst, -Extreme, Extreme))] };
    }

    /// <summary>The places of the trials that run; those of one batch are as many as there are workers.</summary>
    private static IEnumerable<double[]> WhereRunning(TrialHistory history, Encoding encoding)
    {
        if (history.Running == 0)
            yield break;
        foreach (var trial in history.Trials.Where(trial => trial.Status == TrialStatus.Running).TakeLast(MaxTrials / 4))
            yield return encoding.Encode(trial.Point);
    }

    private static List<(Trial Trial, double Loss)> Pick(List<(Trial Trial, double Loss)> all)
    {
        if (all.Count <= MaxTrials)
            return all;
        const int Third = MaxTrials / 3;
        var taken = all.OrderBy(pair => pair.Loss).Take(Third).Concat(all.TakeLast(Third)).ToHashSet();
        var others = all.Where(pair => !taken.Contains(pair)).ToList();
        var room = Math.Min(MaxTrials - taken.Count, others.Count);
        for (var i = 0; i < room; i++)
            taken.Add(others[(int)((long)i * others.Count / room)]);
        return [.. all.Where(taken.Contains)];
    }
}
