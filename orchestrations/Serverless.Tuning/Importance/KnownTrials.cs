using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Importance;

/// <summary>The complete trials with a finite value of an objective, in the order in which they ended.</summary>
/// <param name="Trials">The trials.</param>
/// <param name="Losses">The value of each so that less is better.</param>
/// <param name="Infinite">How many complete trials are not among them.</param>
internal sealed record KnownTrials(IReadOnlyList<Trial> Trials, double[] Losses, int Infinite)
{
    public static KnownTrials Of(TrialHistory history, int objective)
    {
        var complete = history.Ended.Where(trial => trial.Status == TrialStatus.Complete).ToList();
        var finite = complete.Where(trial => double.IsFinite(trial.Values[objective])).ToList();
        return new(finite, [.. finite.Select(trial => history.Loss(trial, objective))], complete.Count - finite.Count);
    }

    /// <summary>At most so many of them, evenly.</summary>
    public KnownTrials Thin(int most) =>
        Trials.Count <= most ? this : At([.. Enumerable.Range(0, most).Select(i => (int)((long)i * Trials.Count / most))]);

    /// <summary>Those where a dimension is there.</summary>
    public KnownTrials Where(int dimension) => At([.. Enumerable.Range(0, Trials.Count).Where(i => !double.IsNaN(Trials[i].Point[dimension]))]);

    /// <summary>In how many a dimension is there.</summary>
    public int Count(int dimension) => Trials.Count(trial => !double.IsNaN(trial.Point[dimension]));

    /// <summary>A dimension has two values or more.</summary>
    public bool Varies(int dimension)
    {
        var first = Trials.Count > 0 ? Trials[0].Point[dimension] : 0;
        return Trials.Any(trial => trial.Point[dimension] != first);
    }

    /// <summary>Every trial has the same loss.</summary>
    public bool AreEqual => Losses.All(loss => loss == Losses[0]);

    private KnownTrials At(int[] indices) => new([.. indices.Select(i => Trials[i])], [.. indices.Select(i => Losses[i])], Infinite);
}
