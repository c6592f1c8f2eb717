using Serverless.Tuning.Pruners;
using Serverless.Tuning.Randomness;
using Serverless.Tuning.Studies;

namespace Serverless.Tuning.Planning;

/// <summary>
/// One study, from its submission to its end, in virtual time: the study itself with its pruner, driven as its workflow drives it (a look whenever a trial ends, one a second while a pruner waits for
/// metrics, one now and then for the limit on cost), and machines that boot, wait, are reused and taken away. The same scenario and seed give the same study; trial n has the same luck under every
/// limit, pruner and pool, so that alternatives differ by what they are.
/// </summary>
internal sealed class StudySimulation
{
    private const double Hour = 3_600;
    /// <summary>So long after the money is spent by the numbers it is by their rounding too, in seconds.</summary>
    private const double Surely = 1e-4;

    private const long Kin = 0x2545F4914F6CDD1D;

    private readonly StudyScenario scenario;
    private readonly long seed;
    private readonly Study study;
    private readonly bool prunes;
    private readonly Timeline timeline = new();
    private readonly Fleet fleet;
    private readonly TrialCourses courses;
    private readonly List<SimulatedTrial> trials = [];
    private readonly SortedSet<int> news = [];
    private readonly HashSet<int> live = [];
    private readonly Spending spending;
    private double lastLook;
    private int watch;
    private (int Complete, int Pruned, int Failed, int Evictions) counts;

    private StudySimulation(StudyScenario scenario, long seed)
    {
        (this.scenario, this.seed) = (scenario, seed);
        prunes = scenario.Pruner is not null && scenario.Objectives.Count == 1;
        study = Study.Begin(scenario.Space, scenario.Objectives, scenario.Sampler(), prunes ? scenario.Pruner!() : new NoPruner(), scenario.Limits with { Target = null }, seed);
        fleet = new Fleet(scenario.Pool, timeline, new RandomSource(seed ^ Kin), Begin);
        spending = new Spending(scenario.Pool.PricePerHour);
        courses = new TrialCourses(scenario, study.History.Space, prunes, new RandomSource(~seed));
    }

    /// <summary>Runs one.</summary>
    /// <param name="scenario">The study.</param>
    /// <param name="seed">Its luck.</param>
    /// <param name="mostTrials">After how many ended trials the simulation breaks off; the rest is in proportion to its second half.</param>
    /// <param name="trials">Takes its trials.</param>
    public static SimulatedStudy Run(StudyScenario scenario, long seed, int mostTrials = int.MaxValue, Action<SimulatedTrial>? trials = null)
    {
        var simulation = new StudySimulation(scenario, seed);
        var end = simulation.Run(mostTrials);
        simulation.trials.ForEach(trials ?? (_ => { }));
        return end;
    }

    private SimulatedStudy Run(int mostTrials)
    {
        foreach (var point in scenario.Tries)
            study.Apply(new PointChosen(point));
        Look(first: true);
        SimulatedStudy? half = null, end = null;
        while (timeline.Next(out var happening))
        {
            Happen(happening);
            if (end is not null)
                continue;
            var ended = study.History.Ended.Count;
            if (half is null && ended >= mostTrials / 2)
                half = Result(StopReason.None);
            if (live.Count == 0 && study.Stopped is var reason and not StopReason.None)
                end = Result(reason);
            else if (ended >= mostTrials)
                return Extrapolation.Of(half!, Result(StopReason.None), study.Limits, scenario.Pool.PricePerHour);
        }

        // The machines that waited after the last trial are on the bill.
        return (end ?? Result(study.Stopped)) with { NodeSeconds = fleet.Seconds };
    }

    private void Happen(Happening happening)
    {
        switch (happening.Kind)
        {
            case HappeningKind.Look when happening.Token == 0 || happening.Token == watch: Look(); break;
            case HappeningKind.Report when trials[happening.Id] is var trial && trial.Token == happening.Token: Report(trial); break;
            case HappeningKind.End when trials[happening.Id] is var trial && trial.Token == happening.Token: End(trial); break;
            case HappeningKind.Eviction when trials[happening.Id] is var trial && trial.Token == happening.Token: Evict(trial); break;
            case HappeningKind.Ready: fleet.Ready(happening.Id); break;
            case HappeningKind.IdleOut: fleet.IdleOut(happening.Id, happening.Token); break;
        }
    }

    /// <summary>A look at the study, as its workflow takes it: news of trials, then money and time, then trials to stop or to start.</summary>
    private void Look(bool first = false)
    {
        var cost = spending.At(timeline.Now);
        var spent = cost >= study.Limits.MaxCost;
        if (!first && news.Count == 0 && !spent)
            return;
        lastLook = timeline.Now;
        var heard = news.ToList();
        news.Clear();
        foreach (var number in heard)
            Tell(trials[number]);
        if (timeline.Now >= study.Limits.MaxElapsed?.TotalSeconds || spent)
            study.Apply(new ResourcesSpent(TimeSpan.FromSeconds(timeline.Now), cost));
        if (spent)
            StopAll();
        else if (study.History.Running < study.Limits.Parallelism && study.Stopped == StopReason.None)
            Start(study.Apply(new TrialsAsked(study.Limits.Parallelism - study.History.Running)));
        WatchCost();
    }

    private void Tell(SimulatedTrial trial)
    {
        for (; prunes && trial.Read < trial.Reported; trial.Read++)
        {
            foreach (var stop in study.Apply(new MetricReported(trial.Number, courses.Step(trial.Read), Value(trial.Losses[trial.Read]))).OfType<StopTrial>())
                Stop(trials[stop.Trial], pruned: true);
        }

        if (trial.Outcome is { } outcome && live.Remove(trial.Number))
        {
            var pruned = outcome == TrialOutcome.Stopped && trial.Pruned;
            StudyEvent end = outcome == TrialOutcome.Complete ? new TrialCompleted(trial.Number, prunes ? null : Values(trial)) : pruned ? new TrialPruned(trial.Number) : new TrialFailed(trial.Number, Cut: outcome == TrialOutcome.Stopped);
            study.Apply(end);
            counts = outcome == TrialOutcome.Complete ? counts with { Complete = counts.Complete + 1 } : pruned ? counts with { Pruned = counts.Pruned + 1 } : counts with { Failed = counts.Failed + 1 };
        }
        else if (prunes)
        {
            NextReport(trial);
        }
    }

    private void Start(IReadOnlyList<StudyAction> actions)
    {
        foreach (var start in actions.OfType<StartTrial>())
        {
            var trial = courses.Draw(start.Trial, study.History.Trials[start.Trial], new RandomSource(unchecked(seed * Kin + start.Trial)));
            trials.Add(trial);
            live.Add(trial.Number);
            fleet.Seat(trial);
        }
    }

    /// <summary>A trial has a machine: when will it end, and how?</summary>
    private void Begin(SimulatedTrial trial, int machine)
    {
        (trial.Machine, trial.Since) = (machine, timeline.Now + scenario.Pace.HandoverSeconds);
        spending.Begin(trial.Since);
        var length = courses.Length(trial);
        timeline.Say(trial.Since + length, HappeningKind.End, trial.Number, ++trial.Token);
        if (scenario.Pool.EvictionsPerHour > 0)
        {
            var luck = new RandomSource(unchecked(seed * Kin - 1 - trial.Number * 64L - trial.Evictions));
            if (-Math.Log(luck.NextOpenUniform()) * Hour / scenario.Pool.EvictionsPerHour is var survives && survives < length)
                timeline.Say(trial.Since + survives, HappeningKind.Eviction, trial.Number, trial.Token);
        }

        NextReport(trial);
        WatchCost();
    }

    private void NextReport(SimulatedTrial trial)
    {
        if (!prunes || trial.IsReporting || trial.Outcome is not null || trial.StopAsked || double.IsNaN(trial.Since) || trial.Reported >= trial.Losses.Length - 1)
            return;
        trial.IsReporting = true;
        timeline.Say(trial.Since + courses.ReportAfter(trial, trial.Reported), HappeningKind.Report, trial.Number, trial.Token);
    }

    private void Report(SimulatedTrial trial)
    {
        trial.Reported++;
        trial.IsReporting = false;
        news.Add(trial.Number);
        timeline.Say(LookFrom(timeline.Now, scenario.Pace.GlanceSeconds), HappeningKind.Look);
    }

    /// <summary>One that came to its end in the moment in which a pruner gave it up counts; one that was stopped for money does not.</summary>
    private void End(SimulatedTrial trial)
    {
        var atItsEnd = timeline.Now >= trial.Since + courses.Length(trial);
        var outcome = atItsEnd && courses.IsWhole(trial) && (!trial.StopAsked || trial.Pruned) ? TrialOutcome.Complete : trial.StopAsked ? TrialOutcome.Stopped : TrialOutcome.Failed;
        Ended(trial, outcome);
    }

    private void Ended(SimulatedTrial trial, TrialOutcome outcome)
    {
        trial.Outcome = outcome;
        trial.Reported = outcome == TrialOutcome.Complete ? trial.Losses.Length : trial.Reported;
        var machine = trial.Machine;
        Release(trial);
        fleet.Free(machine);
        Heard(trial);
    }

    private void Evict(SimulatedTrial trial)
    {
        counts.Evictions++;
        trial.Evictions++;
        Release(trial);
        fleet.Lose(trial.Machine);
        if (trial.StopAsked || trial.Evictions - scenario.Trial.FreeEvictions >= scenario.Trial.MaxAttempts)
        {
            trial.Outcome = trial.StopAsked ? TrialOutcome.Stopped : TrialOutcome.Failed;
            Heard(trial);
            return;
        }

        fleet.Seat(trial);
    }

    /// <summary>An attempt is over: its time counts.</summary>
    private void Release(SimulatedTrial trial)
    {
        (trial.Spent, trial.Since) = (trial.Spent + spending.End(trial.Since, timeline.Now), double.NaN);
        trial.Token++;
        trial.IsReporting = false;
    }

    private void Heard(SimulatedTrial trial)
    {
        news.Add(trial.Number);
        timeline.Say(timeline.Now, HappeningKind.Look);
    }

    private void StopAll()
    {
        foreach (var number in live.Order().ToList())
            Stop(trials[number], pruned: false);
    }

    private void Stop(SimulatedTrial trial, bool pruned)
    {
        if (trial.StopAsked || trial.Outcome is not null)
            return;
        (trial.StopAsked, trial.Pruned) = (true, pruned);
        if (double.IsNaN(trial.Since))
        {
            fleet.Withdraw(trial);
            trial.Outcome = TrialOutcome.Stopped;
            Heard(trial);
        }
        else
        {
            timeline.Say(Math.Min(timeline.Now + scenario.Pace.StopSeconds, trial.Since + courses.Length(trial)), HappeningKind.End, trial.Number, trial.Token);
        }
    }

    /// <summary>Sees that somebody looks when the money is spent.</summary>
    private void WatchCost()
    {
        if (study.Limits.MaxCost is not { } most || spending.Reaches(most) is not { } reached)
            return;
        timeline.Say(LookFrom(Math.Max(reached, timeline.Now) + Surely, prunes ? scenario.Pace.GlanceSeconds : scenario.Pace.PatienceSeconds), HappeningKind.Look, token: ++watch);
    }

    /// <summary>The first look at a time or later, when none comes between.</summary>
    private double LookFrom(double time, double interval) => lastLook + Math.Ceiling((time - lastLook) / interval - 1e-9) * interval;

    private double Value(double loss) => study.History.Objectives[0].Loss(loss);

    private double[] Values(SimulatedTrial trial) => [.. study.History.Objectives.Select((objective, index) => objective.Loss(trial.Losses[^1] * (1 + index)))];

    private SimulatedStudy Result(StopReason reason) =>
        new(reason, study.History.Trials.Count, counts.Complete, counts.Pruned, counts.Failed, counts.Evictions, timeline.Now, spending.Settled, fleet.Seconds);
}
