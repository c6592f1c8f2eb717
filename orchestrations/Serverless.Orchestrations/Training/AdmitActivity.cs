using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Budgets;
using Serverless.Orchestrations.Jobs;

namespace Serverless.Orchestrations.Training;

/// <summary>
/// Admits a job and asks its pool for a node, in one step, because somebody waits for the program to start. Twice does no harm: a job that is not pending any more
/// is left as it is, its part of the month's budget is put aside once, the pool is asked by level, and a second ring finds nothing new.
/// </summary>
internal sealed class AdmitActivity(JobSet jobs, JobAdmission admission, MonthlyBudget budget, JobEnding ending, JobObserver observer, TimeProvider clock) : IActivity<JobStep, JobSeen>
{
    public async Task<JobSeen> RunAsync(ActivityCall call, JobStep input, CancellationToken cancel)
    {
        if (await jobs.FindAsync(input.JobId, cancel) is { Status: JobStatus.Pending } job)
            await AdmitAsync(job, cancel);
        return await observer.SeeAsync(input.JobId, JobSeen.Never, cancel);
    }

    private async Task AdmitAsync(JobRecord job, CancellationToken cancel)
    {
        if (job.StopRequested)
        {
            await ending.EndAsync(job.Id, JobReason.StopRequested, null, null, cancel);
            return;
        }

        try
        {
            var resolved = await admission.ResolveAsync(job.Spec, cancel);
            var origin = await admission.OriginAsync(resolved, cancel);
            var placement = await admission.PlaceAsync(job, cancel);
            await budget.ReserveAsync(job, placement, cancel);
            await jobs.UpdateAsync(job.Id, now => JobLife.Admit(now, resolved, placement, clock.GetUtcNow(), origin), cancel);
        }
        catch (ServerlessException e) when (e.Code is ProblemCodes.Invalid or ProblemCodes.NotFound or ProblemCodes.Conflict or ProblemCodes.NoQuota or ProblemCodes.NoCapacity or ProblemCodes.OverBudget && !e.Retryable)
        {
            await ending.EndAsync(job.Id, JobReason.NotAdmitted, e.Message, e.Cure, cancel);
        }
    }
}
