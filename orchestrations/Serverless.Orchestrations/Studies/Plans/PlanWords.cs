using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Planning;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>What is to be said of a plan. Pure.</summary>
internal static class PlanWords
{
    /// <summary>Who proposes.</summary>
    public static string Sampler(StudySpec spec)
    {
        var meaning = $"{spec.Sampler.Name}: {SamplerCatalog.MeaningOf(spec.Sampler.Name)}";
        return spec.Sampler.Name != "auto" ? meaning
            : spec.Objectives.Count > 1 ? $"{meaning} With several objectives it follows the model of the whole space alone."
            : spec.Pruner.Name != "none" ? $"{meaning} Once more than half of the last 20 trials were pruned, tpe proposes."
            : meaning;
    }

    /// <summary>Who gives up trials.</summary>
    public static string Pruner(StudySpec spec, TrialEstimate estimate)
    {
        var meaning = $"{spec.Pruner.Name}: {PrunerCatalog.MeaningOf(spec.Pruner.Name)}";
        return spec.Pruner.Name == "none" || PlanScenario.Prunes(spec, estimate) ? meaning
            : estimate.Steps <= 1 ? $"{meaning} Planned as if it gave up nobody: how often a trial reports its metric is not known, or it does so at its end alone."
            : $"{meaning} Planned as if it gave up nobody: the values that it looks at are not known beforehand.";
    }

    /// <summary>From what the figures came.</summary>
    public static IReadOnlyList<string> Assumptions(StudySpec spec, PlanGround ground, StudyScenario scenario, Forecast forecast, double evictionsPerHour)
    {
        var all = new List<string> { $"A trial's time is {ground.Estimate.From}." };
        if (!PlanScenario.Plays(spec.Sampler.Name))
            all.Add($"A simple sampler stands in for '{spec.Sampler.Name}': by chance first, then near the best by turns. How long trials take does not depend on it here.");
        if (scenario.Pruner is not null)
        {
            all.Add(scenario.Trial.Curves.Count > 0
                ? FormattableString.Invariant($"Trials learn as {scenario.Trial.Curves.Count} earlier ones did, over {scenario.Trial.Steps} reports.")
                : FormattableString.Invariant($"How trials learn is made up: curves of three families, other ones in each simulated study, over {scenario.Trial.Steps} reports."));
            all.Add("Where most of a space is good, a pruner gives up fewer trials than that: the row without one says how much there is to lose.");
        }

        all.Add(ground.Estimate.FailureRate > 0 ? FormattableString.Invariant($"{ground.Estimate.FailureRate:0.#%} of the trials fail.") : "No trial fails: of failures nothing is known.");
        all.Add(FormattableString.Invariant($"A machine takes {scenario.Pool.BootSeconds:0.#} s to come ({(ground.Boots.Count > 0 ? $"by {ground.Boots.Count} earlier ones" : PlanScenario.IsHere(ground.Placement) ? "a process on this host" : "a quarter of what its pool allows")}), and leaves after {scenario.Pool.IdleSeconds:0.#} s without work. At most {scenario.Pool.MaxNodes} are there at once, and no other job wants them."));
        if (ground.Placement.Spot || ground.Other is { Spot: true })
            all.Add(FormattableString.Invariant($"A spot machine is taken away once in {1 / evictionsPerHour:0} hours of work, and its trial begins anew. Its provider does not say how often it is."));
        if (ground.Estimate.Source is PlanSource.Said or PlanSource.Unknown && PlanScenario.IsHere(ground.Placement) && Math.Min(spec.Limits.Parallelism, scenario.Pool.MaxNodes) > 1)
            all.Add(FormattableString.Invariant($"Trials at once share this host's {ground.Placement.VCpus} processors: programs that use several slow each other, which is not in the figures."));
        all.Add(FormattableString.Invariant($"Ranges are the middle eight of ten of {forecast.Runs} simulated studies{(forecast.SimulatedTrials is { } first ? $"; the first {first} trials of each were simulated, the rest is in proportion" : "")}."));
        return all;
    }

    /// <summary>What one should know before.</summary>
    public static IReadOnlyList<string> Notes(StudySpec spec, PlanGround ground, PlanForecast expected, PlanCeiling most)
    {
        var notes = new List<string>();
        var (limits, currency) = (spec.Limits, ground.Placement.Currency);
        if (ground.Estimate.Source == PlanSource.Unknown)
            notes.Add("How long a trial takes is not known: no job of this program has ended here, so the figures are those of an example. Say how long one takes ('--trial-time 2m'), or run one first ('study run --trials 1').");
        if (ground.Size.Points is { } points && points < limits.Trials && expected.EndsBy != StudyStopReason.Exhausted)
            notes.Add(FormattableString.Invariant($"The space has {points} points and the study {limits.Trials} trials: at least {limits.Trials - points} repeat one. Give limits.trials of {points}, or the sampler 'grid', which ends when all were tried."));
        if (expected.Complete.Median < 1)
            notes.Add("Hardly any trial comes to its end under these limits.");
        else if (expected.EndsBy is StudyStopReason.Cost or StudyStopReason.Time or StudyStopReason.Failures)
            notes.Add(FormattableString.Invariant($"Its limit on {Limit(expected.EndsBy)} ends it before its {limits.Trials} trials have begun: about {expected.Started.Median:0} do."));
        if (ground.Estimate.Times.MedianSeconds > spec.Job.Limits.MaxRunSeconds)
            notes.Add(FormattableString.Invariant($"Most trials would be stopped at their time limit of {spec.Job.Limits.MaxRunSeconds} s (job.limits.maxRunSeconds) and fail."));
        if (limits.Parallelism > ground.Pool.MaxNodes)
            notes.Add(FormattableString.Invariant($"The pool '{ground.Pool.Name}' has at most {ground.Pool.MaxNodes} machines: of {limits.Parallelism} trials at once the others wait."));
        if (limits.Target is not null)
            notes.Add("A target may end it sooner; when one is reached cannot be foreseen.");
        if (most.Cost > 0 && limits.MaxCost is null && (double)most.Cost > 5 * expected.Cost.High && ground.BudgetLeft is null)
            notes.Add(FormattableString.Invariant($"Should trials hang, it can cost {Math.Round(most.Cost, 2)} {currency}, far more than is expected. Give limits.maxCost, or a job.limits.maxRunSeconds that fits a trial."));
        if (ground.BudgetLeft is { } left && (double)left < expected.Cost.High)
            notes.Add(FormattableString.Invariant($"The month's budget has {Math.Round(left, 2)} {currency} left, which may end it: trials are then refused."));
        if (ground.Namesake is { } namesake)
            notes.Add(namesake);
        notes.AddRange(ground.Placement.Notes);
        return notes;
    }

    private static string Limit(StudyStopReason reason) => reason switch
    {
        StudyStopReason.Cost => "cost",
        StudyStopReason.Time => "time",
        _ => "failures",
    };
}
