using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>All that a study is, in one record: saved and restored, it goes on as if nothing had happened.</summary>
/// <param name="Space">The space.</param>
/// <param name="Objectives">The objectives; at least one.</param>
/// <param name="Random">The generator's state.</param>
public sealed record StudyState(SpaceDescription Space, IReadOnlyList<Objective> Objectives, string Random)
{
    /// <summary>The version of this record that is written now. Older ones are read for ever; members are only added.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of this record.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The sampler's name.</summary>
    public string Sampler { get; init; } = "";

    /// <summary>What the sampler remembers.</summary>
    public SamplerMemory Memory { get; init; } = SamplerMemory.Empty;

    /// <summary>The pruner's name.</summary>
    public string Pruner { get; init; } = "";

    /// <summary>The limits.</summary>
    public StudyLimits Limits { get; init; } = new();

    /// <summary>The trials by number.</summary>
    public IReadOnlyList<TrialRecord> Trials { get; init; } = [];

    /// <summary>The numbers of the trials that have ended, in the order in which they did.</summary>
    public int[] Ended { get; init; } = [];

    /// <summary>Points that someone wants tried, in their order.</summary>
    public IReadOnlyList<double[]> Chosen { get; init; } = [];

    /// <summary>The time that was spent, by the last that was heard.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The money that was spent, by the last that was heard.</summary>
    public decimal Cost { get; init; }

    /// <summary>Someone asked for the end.</summary>
    public bool StopRequested { get; init; }

    /// <summary>The sampler has nothing more to try.</summary>
    public bool Exhausted { get; init; }

    /// <summary>
    /// This state as that of a study that goes on: nobody asks for its end, and some trials run again from their beginning, as if they had not been broken off.
    /// With the trials that were broken off last it has the future of a study in which they were not.
    /// </summary>
    /// <param name="again">The numbers of the trials that run again: trials that run, or were broken off.</param>
    /// <param name="limits">The limits from now on.</param>
    /// <exception cref="ArgumentException">One of them has ended by itself.</exception>
    public StudyState Reopen(IReadOnlyCollection<int> again, StudyLimits limits)
    {
        var numbers = again.ToHashSet();
        if (Trials.FirstOrDefault(trial => numbers.Contains(trial.Number) && trial is not ({ Status: TrialStatus.Running } or { Cut: true })) is { } over)
            throw new ArgumentException($"Trial {over.Number} has ended by itself ({over.Status}). Run only trials again that were broken off.", nameof(again));
        return this with
        {
            Limits = limits,
            StopRequested = false,
            Ended = [.. Ended.Where(number => !numbers.Contains(number))],
            Trials =
            [
                .. Trials.Select(trial => numbers.Contains(trial.Number)
                    ? new TrialRecord(trial.Number, trial.Point, TrialStatus.Running) { Origin = trial.Origin, Parent = trial.Parent, Repeats = trial.Repeats + 1 }
                    : trial),
            ],
        };
    }

    /// <summary>This state, and what changed since.</summary>
    public StudyState With(StudyDelta delta)
    {
        var trials = Trials.ToList();
        foreach (var trial in delta.Trials.OrderBy(trial => trial.Number))
        {
            if (trial.Number < trials.Count)
                trials[trial.Number] = trial;
            else if (trial.Number == trials.Count)
                trials.Add(trial);
            else
                throw new ArgumentException($"The change brings trial {trial.Number}, and the state has {trials.Count}: a change between the two is missing. Apply all changes in their order.", nameof(delta));
        }

        return this with
        {
            Random = delta.Random,
            Memory = delta.Memory,
            Limits = delta.Limits,
            Trials = trials,
            Ended = [.. Ended, .. delta.Ended],
            Chosen = delta.Chosen,
            Elapsed = delta.Elapsed,
            Cost = delta.Cost,
            StopRequested = delta.StopRequested,
            Exhausted = delta.Exhausted,
        };
    }
}
