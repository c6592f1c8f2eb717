using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Compute;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Planning;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>A study as it is simulated, from what was asked for and what is known. Pure.</summary>
internal static class PlanScenario
{
    /// <summary>Samplers that cost nothing to ask, and whose own way matters: a grid ends. Others are stood in for.</summary>
    private static readonly HashSet<string> Played = new(StringComparer.Ordinal) { "random", "grid", "sobol", "halton" };

    /// <summary>Whether the sampler itself is in the simulation.</summary>
    public static bool Plays(string sampler) => Played.Contains(sampler);

    /// <summary>The scenario.</summary>
    /// <param name="spec">The study, as validated.</param>
    /// <param name="search">The same, as the search knows it.</param>
    /// <param name="estimate">What a trial is like.</param>
    /// <param name="curves">Losses that earlier trials reported.</param>
    /// <param name="pool">What trials run on.</param>
    /// <param name="pace">How closely the study is looked at.</param>
    /// <param name="options">Bounds.</param>
    public static StudyScenario Of(StudySpec spec, SearchPlan search, TrialEstimate estimate, IReadOnlyList<double[]> curves, PoolModel pool, LookPace pace, PlanOptions options)
    {
        var steps = Math.Max(estimate.Steps, 1);
        return new StudyScenario(search.Space, search.Objectives, SearchPlan.Limits(spec.Limits))
        {
            Sampler = Plays(spec.Sampler.Name) ? () => SamplerCatalog.Create(spec.Sampler.Name, spec.Sampler.Settings, out _)! : () => new StandInSampler(),
            Pruner = Prunes(spec, estimate) ? () => PrunerCatalog.Create(spec.Pruner.Name, spec.Pruner.Settings, out _)! : null,
            Tries = [.. spec.Try.Select(point => point.ToDictionary(pair => pair.Key, pair => SpaceReading.Value(pair.Value), StringComparer.Ordinal))],
            Trial = new TrialModel(estimate.Times)
            {
                Steps = steps,
                Stride = (steps + options.MostReports - 1) / options.MostReports,
                Curves = curves,
                FailureShare = estimate.FailureRate,
                MaxRunSeconds = spec.Job.Limits.MaxRunSeconds,
                MaxAttempts = spec.Job.Limits.MaxAttempts,
                FreeEvictions = JobLife.FreeEvictions,
                MaxCost = spec.Job.Limits.MaxCost,
            },
            Pool = pool,
            Pace = pace,
        };
    }

    /// <summary>Whether a pruner has anything to do: it needs reports on the way, and one that looks at values themselves cannot be foreseen.</summary>
    public static bool Prunes(StudySpec spec, TrialEstimate estimate) =>
        spec.Pruner.Name is not ("none" or "threshold" or "patient+threshold") && spec.Objectives.Count == 1 && estimate.Steps > 1;

    /// <summary>How studies are looked at, on machines of a pool.</summary>
    public static LookPace Pace(StudyOptions study, PoolOptions pool, bool isHere) => new()
    {
        GlanceSeconds = study.Glance.TotalSeconds,
        PatienceSeconds = study.Patience.TotalSeconds,
        StopSeconds = pool.Renew.TotalSeconds / 2 + 0.2,
        HandoverSeconds = isHere ? 0.05 : 2,
    };

    /// <summary>The machines of a placement.</summary>
    /// <param name="placement">The machine.</param>
    /// <param name="pool">Its pool.</param>
    /// <param name="boots">How long machines of the pool took to boot, in seconds, rising; none: not known.</param>
    /// <param name="options">What is assumed then.</param>
    public static PoolModel Pool(JobPlacement placement, PoolOptions pool, IReadOnlyList<double> boots, PlanOptions options) => new(pool.MaxNodes, placement.PricePerHour)
    {
        BootSeconds = boots.Count > 0 ? boots[boots.Count / 2] : IsHere(placement) ? 1 : pool.Boot.TotalSeconds / 4,
        BootSpread = 0.2,
        IdleSeconds = pool.Idle.TotalSeconds,
        EvictionsPerHour = placement.Spot ? options.EvictionsPerHour : 0,
    };

    /// <summary>Whether the machine is the host's own.</summary>
    public static bool IsHere(JobPlacement placement) => placement.Region is null;
}
