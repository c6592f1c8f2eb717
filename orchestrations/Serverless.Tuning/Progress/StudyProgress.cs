using Serverless.Tuning.Pareto;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Progress;

/// <summary>How a study's own trials became better, in the order in which they ended.</summary>
public sealed class StudyProgress
{
    /// <summary>The most objectives of which volumes are calculated: what one more point takes grows with a power of its front that has their number in it.</summary>
    public const int MostVolumeObjectives = 4;

    /// <summary>The most trials on a front of three or four objectives until which volumes are calculated.</summary>
    public const int MostVolumeFront = 50;

    private readonly TrialHistory history;
    private readonly List<ProgressPoint> points = [];
    private readonly List<(Trial Trial, double[] Losses)> front = [];
    private double? volume;

    private StudyProgress(TrialHistory history)
    {
        this.history = history;
        var own = history.Ended.Where(trial => trial.Origin != TrialOrigin.Imported).ToList();
        double[][] finite = [.. own.Where(trial => trial.Status == TrialStatus.Complete).Select(LossesOf).Where(losses => losses.All(double.IsFinite))];
        if (history.Objectives.Count is > 1 and <= MostVolumeObjectives && finite.Length > 0)
            (Reference, volume) = (Hypervolume.ReferenceFor(finite), 0);
        foreach (var trial in own)
            points.Add(Take(trial));
    }

    /// <summary>The points, one for each trial.</summary>
    public IReadOnlyList<ProgressPoint> Points => points;

    /// <summary>The numbers of the trials that are the best now: one, or with several objectives those that none beats.</summary>
    public IReadOnlySet<int> Front => front.Select(member => member.Trial.Number).ToHashSet();

    /// <summary>Where volumes are measured from, in losses; null when none are.</summary>
    public IReadOnlyList<double>? Reference { get; }

    /// <summary>Looks at a history.</summary>
    public static StudyProgress Of(TrialHistory history) => new(history);

    private ProgressPoint Take(Trial trial)
    {
        var before = points.Count > 0 ? points[^1].Best : [];
        if (trial.Status != TrialStatus.Complete)
            return new ProgressPoint(trial, before, false) { Hypervolume = volume };
        var losses = LossesOf(trial);
        var improved = !front.Exists(member => IsAtLeastAsGood(member.Losses, losses));
        if (improved)
        {
            volume += Gain(losses);
            front.RemoveAll(member => Domination.Dominates(losses, member.Losses));
            front.Add((trial, losses));
        }

        return new ProgressPoint(trial, Best(before, trial), improved) { Hypervolume = volume };
    }

    private double[] Best(double[] before, Trial trial) => before.Length == 0
        ? trial.Values.ToArray()
        : [.. before.Select((best, i) => history.Objectives[i].Loss(trial.Values[i]) < history.Objectives[i].Loss(best) ? trial.Values[i] : best)];

    /// <summary>What a point adds to the volume of the front: its own box less what the others have of it. Null from where it would take too long.</summary>
    private double? Gain(double[] losses)
    {
        if (Reference is not { } given || (losses.Length > 2 && front.Count > MostVolumeFront))
            return null;
        double[] reference = [.. given];
        if (!losses.All(double.IsFinite) || losses.Where((loss, i) => loss >= reference[i]).Any())
            return 0;
        var own = losses.Select((loss, i) => reference[i] - loss).Aggregate(1.0, (product, side) => product * side);
        double[][] limited = [.. front.Where(member => member.Losses.All(double.IsFinite)).Select(member => member.Losses.Zip(losses, Math.Max).ToArray())];
        return own - (limited.Length == 0 ? 0 : Hypervolume.Of(limited, reference));
    }

    private double[] LossesOf(Trial trial)
    {
        var losses = new double[history.Objectives.Count];
        for (var i = 0; i < losses.Length; i++)
            losses[i] = history.Loss(trial, i);
        return losses;
    }

    private static bool IsAtLeastAsGood(double[] one, double[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] > other[i])
                return false;
        }

        return true;
    }
}
