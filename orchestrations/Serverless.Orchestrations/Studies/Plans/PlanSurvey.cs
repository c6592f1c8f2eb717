using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Tuning.Planning;
using Serverless.Tuning.Spaces;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>Looks up what a plan stands on: that the study may run at all, its machine, earlier trials, how long machines take to boot, what is left of the budget. A few queries, each of a page.</summary>
internal sealed class PlanSurvey(StudySubmission submission, PlanMachines machines, EarlierSearch earlier, StudySet studies, PlanOptions options)
{
    /// <summary>How many studies of the same name are looked at.</summary>
    private const int MostNamesakes = 50;

    /// <summary>Looks.</summary>
    /// <exception cref="ServerlessException">As submission refuses the study.</exception>
    public async Task<PlanGround> LookAsync(StudyPlanRequest request, CancellationToken cancel)
    {
        var spec = request.Study;
        var (search, placement) = await submission.CheckAsync(spec, cancel);
        var seen = await earlier.FindAsync(spec, placement, cancel);
        var other = await machines.OtherAsync(spec.Job, placement, cancel);
        var pool = machines.PoolOf(placement);
        TrialEstimate Estimate(int parallelism) => TrialEstimate.Of(request, seen, PlanScenario.IsHere(placement) ? Math.Min(parallelism, pool.MaxNodes) : null, options);
        return new PlanGround(search, placement, pool, await machines.BootsAsync(placement.Pool, cancel))
        {
            Other = other,
            OtherPool = other is null ? null : machines.PoolOf(other),
            Earlier = seen,
            Estimates = Estimate,
            Estimate = Estimate(spec.Limits.Parallelism),
            BudgetLeft = await machines.BudgetLeftAsync(cancel),
            Namesake = await NamesakeAsync(spec, cancel),
            Size = SpaceSize.Of(SearchSpace.Of(search.Space)),
        };
    }

    private async Task<string?> NamesakeAsync(StudySpec spec, CancellationToken cancel)
    {
        var name = spec.Name ?? JobNames.Of(spec.Job);
        var (found, _) = await studies.QueryAsync(null, name, MostNamesakes, null, cancel);
        return found.FirstOrDefault(study => study.Name == name) is { } study
            ? FormattableString.Invariant($"There is a study '{name}' already ({study.Id}, {study.Trials.Complete} of {study.Spec.Limits.Trials} trials complete). This one would be another; 'warmStart: [{study.Id}]' lets it learn from that.")
            : null;
    }
}
