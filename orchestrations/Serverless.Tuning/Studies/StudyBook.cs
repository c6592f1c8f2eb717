using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Trials;

namespace Serverless.Tuning.Studies;

/// <summary>A study's trials, limits and what it has used.</summary>
internal sealed class StudyBook
{
    private int imported;
    private int failures;
    private bool reached;
    private TimeSpan elapsed;
    private decimal cost;
    private bool stop;

    private StudyBook(TrialHistory history, StudyLimits limits)
    {
        History = history;
        Limits = limits;
        Relimit(limits);
    }

    public TrialHistory History { get; }

    public StudyLimits Limits { get; private set; }

    public static StudyBook Open(StudyState state)
    {
        var book = new StudyBook(new TrialHistory(SearchSpace.Of(state.Space), state.Objectives), state.Limits) { elapsed = state.Elapsed, cost = state.Cost, stop = state.StopRequested };
        TrialReading.Read(state, book.History);
        foreach (var trial in book.History.Trials)
            book.Count(trial);
        book.Relimit(state.Limits);
        return book;
    }

    public StudyState Snapshot() => new(History.Space.Description, History.Objectives, "")
    {
        Limits = Limits,
        Trials = [.. History.Trials.Select(TrialReading.Write)],
        Ended = [.. History.Ended.Select(trial => trial.Number)],
        Elapsed = elapsed,
        Cost = cost,
        StopRequested = stop,
    };

    /// <summary>What changed since some trials had ended, of the trials named.</summary>
    public StudyDelta Changes(int endedBefore, IEnumerable<int> numbers) => new("", SamplerMemory.Empty, Limits)
    {
        Trials = [.. numbers.Select(number => TrialReading.Write(Find(number)))],
        Ended = [.. History.Ended.Skip(endedBefore).Select(trial => trial.Number)],
        Elapsed = elapsed,
        Cost = cost,
        StopRequested = stop,
    };

    public StopReason Reason(bool exhausted) => this switch
    {
        { stop: true } => StopReason.Requested,
        { reached: true } => StopReason.Target,
        _ when History.Trials.Count - imported >= Limits.MaxTrials => StopReason.Trials,
        _ when failures >= Limits.MaxFailures => StopReason.Failures,
        _ when elapsed >= Limits.MaxElapsed => StopReason.Time,
        _ when cost >= Limits.MaxCost => StopReason.Cost,
        _ => exhausted ? StopReason.Exhausted : StopReason.None,
    };

    public Trial Start(double[] point, TrialOrigin origin, int? parent)
    {
        var trial = new Trial(History.Trials.Count, point, origin, parent, History.Objectives.Count);
        History.Add(trial);
        return trial;
    }

    /// <summary>The trial if the report is news of a running one.</summary>
    public Trial? Note(MetricReported report)
    {
        if (report.Objective < 0 || report.Objective >= History.Objectives.Count)
            throw new ArgumentException($"The report is of objective {report.Objective}, and the study has {History.Objectives.Count}. Count them from 0.", nameof(report));
        var trial = Find(report.Trial);
        return trial.Status == TrialStatus.Running && trial.Curves[report.Objective].Add(report.Step, report.Value) ? trial : null;
    }

    public void Complete(int number, IReadOnlyList<double>? given, TrialEnding? ending)
    {
        if (given is not null && given.Count != History.Objectives.Count)
            throw new ArgumentException($"Trial {number} brings {given.Count} values, and the study has {History.Objectives.Count} objectives. Give one for each.", nameof(given));
        var trial = Find(number);
        var values = given?.ToArray() ?? [.. History.Objectives.Select((objective, index) => FinalValues.Of(objective, trial.Curves[index]))];
        End(number, values.Any(double.IsNaN) ? TrialStatus.Failed : TrialStatus.Complete, ending, values);
    }

    public void End(int number, TrialStatus status, TrialEnding? ending, double[]? values = null)
    {
        var trial = Find(number);
        if (trial.Status != TrialStatus.Running)
            return;
        History.End(trial, status, status == TrialStatus.Complete ? values! : [], ending);
        Count(trial);
    }

    public void Fail(int number, bool cut, TrialEnding? ending)
    {
        var trial = Find(number);
        trial.Cut |= cut && trial.Status == TrialStatus.Running;
        End(number, TrialStatus.Failed, ending);
    }

    public void Import(IReadOnlyList<TrialRecord> trials)
    {
        if (History.Trials.Count > 0)
            return;
        foreach (var record in trials)
        {
            var trial = TrialReading.Read(record with { Number = History.Trials.Count, Origin = TrialOrigin.Imported, Parent = null }, History);
            if (trial.Status == TrialStatus.Running)
                trial.End(TrialStatus.Failed, []);
            History.Add(trial);
            Count(trial);
        }

        Relimit(Limits);
    }

    public void Spend(TimeSpan time, decimal money)
    {
        elapsed = time > elapsed ? time : elapsed;
        cost = Math.Max(cost, money);
    }

    public void Stop() => stop = true;

    public void Relimit(StudyLimits limits)
    {
        Limits = limits;
        History.MaxTrials = imported + limits.MaxTrials;
        reached = limits.Target is { } target && History.Trials.Any(trial => Reaches(trial, target));
    }

    private void Count(Trial trial)
    {
        imported += trial.Origin == TrialOrigin.Imported ? 1 : 0;
        failures += trial.Status == TrialStatus.Failed && !trial.Cut && trial.Origin != TrialOrigin.Imported ? 1 : 0;
        reached |= Limits.Target is { } target && Reaches(trial, target);
    }

    private bool Reaches(Trial trial, double target) =>
        History.Objectives.Count == 1 && trial.Status == TrialStatus.Complete && trial.Origin != TrialOrigin.Imported
        && History.Loss(trial) <= History.Objectives[0].Loss(target);

    private Trial Find(int number) => number >= 0 && number < History.Trials.Count
        ? History.Trials[number]
        : throw new ArgumentException($"There is no trial {number}; the study has {History.Trials.Count}. Speak of trials that the study started.", nameof(number));
}
