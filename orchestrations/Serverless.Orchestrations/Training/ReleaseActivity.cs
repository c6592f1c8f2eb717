using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Telemetry;

namespace Serverless.Orchestrations.Training;

/// <summary>
/// Frees the node that a job held, sees to nodes for those that still wait, and tells the study whose trial it was. Twice does no harm: a node that has gone on to another job is left alone,
/// the pool is asked by level, and a study that is told twice looks twice.
/// </summary>
internal sealed class ReleaseActivity(JobSet jobs, PoolNodes nodes, PoolScaling scaling, JobNews news, StudySet studies, TimeProvider clock) : IActivity<JobStep, Nothing>
{
    public async Task<Nothing> RunAsync(ActivityCall call, JobStep input, CancellationToken cancel)
    {
        if (await jobs.FindAsync(input.JobId, cancel) is not { } job)
            return Nothing.Value;
        if (job.Trial is { } trial && await studies.FindAsync(trial.StudyId, cancel) is { } study)
            await news.TellStudyAsync(study.Workflow, "trial-ended", cancel);
        if (job.Machine?.NodeId is { } node)
            await nodes.FreeAsync(node, job.Id, cancel);
        await scaling.GrowAsync(job.Pool, cancel);
        JobTelemetry.WorkflowEnded(job, clock.GetUtcNow());
        return Nothing.Value;
    }
}
