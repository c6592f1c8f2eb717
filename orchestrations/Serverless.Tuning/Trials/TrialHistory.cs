using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Trials;

/// <summary>Everything that a study knows: what samplers and pruners decide by. It only grows.</summary>
public sealed class TrialHistory
{
    private readonly List<Trial> trials = [];
    private readonly List<Trial> ended = [];
    private int running;

    internal TrialHistory(SearchSpace space, IReadOnlyList<Objective> objectives) => (Space, Objectives) = (space, objectives);

    /// <summary>The space that is searched.</summary>
    public SearchSpace Space { get; }

    /// <summary>The objectives; at least one.</summary>
    public IReadOnlyList<Objective> Objectives { get; }

    /// <summary>All trials by number.</summary>
    public IReadOnlyList<Trial> Trials => trials;

    /// <summary>The trials that have ended, in the order in which they did. What a sampler derived from its first entries stays true.</summary>
    public IReadOnlyList<Trial> Ended => ended;

    /// <summary>How many trials run.</summary>
    public int Running => running;

    /// <summary>How many trials the study may start in all; null: no limit is known.</summary>
    public int? MaxTrials { get; internal set; }

    /// <summary>A complete trial's value of an objective so that less is better.</summary>
    public double Loss(Trial trial, int objective = 0) => Objectives[objective].Loss(trial.Values[objective]);

    /// <summary>Which turn a trial is: 1 when it begins from nothing, else one more than the trial whose checkpoint it begins with.</summary>
    public int TurnOf(Trial trial)
    {
        var turn = 1;
        for (; trial.Parent is { } parent; turn++)
            trial = trials[parent];
        return turn;
    }

    internal void Add(Trial trial)
    {
        trials.Add(trial);
        running += trial.Status == TrialStatus.Running ? 1 : 0;
        if (trial.Status != TrialStatus.Running)
            ended.Add(trial);
    }

    internal void End(Trial trial, TrialStatus status, double[] values, TrialEnding? ending = null)
    {
        trial.End(status, values, ending);
        ended.Add(trial);
        running--;
    }
}
