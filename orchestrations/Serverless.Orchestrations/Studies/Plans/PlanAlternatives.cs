using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Core.Studies.Validation;
using Serverless.Tuning.Planning;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>The ways to run a study that are put side by side: fewer and more trials at once, with and without a pruner, on machines that may be taken away and on those that may not.</summary>
internal sealed class PlanAlternatives(PlanGround ground, StudyOptions study, PlanOptions options)
{
    /// <summary>The most rows that differ in how many trials run at once.</summary>
    private const int MostWidths = 6;

    /// <summary>What a trial without reports takes, in reports.</summary>
    private const int Usual = 5;

    /// <summary>The study as it was asked for.</summary>
    public StudyScenario Asked(StudySpec spec) => Scenario(spec, ground.Placement);

    /// <summary>How many studies are simulated of each alternative: as many as are wanted, fewer when each is much work. Of all the same, with the same seeds, so that they differ by what they are.</summary>
    public int Runs(StudyScenario asked)
    {
        var reports = ground.Estimate.Steps > 1 ? Math.Min(options.MostReports, asked.Trial.Steps) : 0;
        var work = (double)Math.Min(MostTrials(asked), asked.Limits.MaxTrials) * (Usual + reports);
        return (int)Math.Clamp(options.Work / work, options.LeastRuns, options.Runs);
    }

    /// <summary>How many trials of a study are simulated: enough for a few turns of all that run at once.</summary>
    public int MostTrials(StudyScenario scenario) => Math.Max(options.MostTrials, 4 * Math.Min(scenario.Limits.Parallelism, scenario.Pool.MaxNodes));

    /// <summary>The alternatives, the study as it was asked for among them.</summary>
    /// <param name="spec">The study.</param>
    /// <param name="asked">What it comes to as it was asked for.</param>
    /// <param name="seed">Where chance begins.</param>
    /// <param name="cancel">Breaks off.</param>
    public IReadOnlyList<PlanAlternative> Compare(StudySpec spec, Forecast asked, long seed, CancellationToken cancel)
    {
        var rows = Widths(spec).Select(width => width == spec.Limits.Parallelism
            ? Row(spec, ground.Placement, asked) with { IsAsked = true }
            : Row(spec with { Limits = spec.Limits with { Parallelism = width } }, ground.Placement, seed, asked.Runs, cancel)).ToList();
        if (OtherPruner(spec) is { } pruner)
            rows.Add(Row(spec with { Pruner = pruner }, ground.Placement, seed, asked.Runs, cancel));
        if (ground.Other is { } other)
            rows.Add(Row(spec, other, seed, asked.Runs, cancel));
        return rows;
    }

    /// <summary>1, 2, 4, 8 … as far as the pool and the number of trials go, and what was asked for.</summary>
    private IReadOnlyList<int> Widths(StudySpec spec)
    {
        var most = Math.Min(Math.Min(ground.Pool.MaxNodes, spec.Limits.Trials), StudyBounds.Parallelism);
        var all = new SortedSet<int> { 1, spec.Limits.Parallelism };
        for (var width = 2; width <= most; width *= 2)
            all.Add(width);
        if (most > 1)
            all.Add(most);

        // Of many those around the asked one are of interest, and the ends.
        while (all.Count > MostWidths)
            all.Remove(all.Where(width => width != 1 && width != most && width != spec.Limits.Parallelism).MaxBy(width => Math.Abs(Math.Log2((double)width / spec.Limits.Parallelism))));
        return [.. all];
    }

    private TunerSpec? OtherPruner(StudySpec spec) =>
        spec.Objectives.Count > 1 || ground.Estimate.Steps <= 1 ? null : PlanScenario.Prunes(spec, ground.Estimate) ? new TunerSpec("none") : spec.Pruner.Name == "none" ? new TunerSpec("auto") : null;

    private PlanAlternative Row(StudySpec spec, JobPlacement placement, long seed, int runs, CancellationToken cancel)
    {
        var scenario = Scenario(spec, placement);
        return Row(spec, placement, Forecast.Of(scenario, seed, runs, MostTrials(scenario), cancel));
    }

    private static PlanAlternative Row(StudySpec spec, JobPlacement placement, Forecast forecast)
    {
        var view = PlanViews.View(forecast, placement.PricePerHour);
        return new PlanAlternative
        {
            Parallelism = spec.Limits.Parallelism,
            Pruner = spec.Pruner.Name,
            Size = placement.Size,
            Spot = placement.Spot,
            PricePerHour = placement.PricePerHour,
            Complete = view.Complete.Median,
            Seconds = view.Seconds,
            Cost = view.Cost,
            MachineCost = view.MachineCost.Median,
        };
    }

    private StudyScenario Scenario(StudySpec spec, JobPlacement placement)
    {
        var pool = placement.Pool == ground.Pool.Name ? ground.Pool : ground.OtherPool ?? ground.Pool;
        return PlanScenario.Of(
            spec, ground.Search, ground.Estimates(spec.Limits.Parallelism), ground.Earlier?.Curves ?? [],
            PlanScenario.Pool(placement, pool, ground.Boots, options), PlanScenario.Pace(study, pool, PlanScenario.IsHere(placement)), options);
    }
}
