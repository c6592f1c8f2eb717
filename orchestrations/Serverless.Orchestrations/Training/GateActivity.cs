using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Models;

namespace Serverless.Orchestrations.Training;

/// <summary>
/// Holds a model against its gate and, when it passes, records the deployment that is asked for. Twice does no harm: the metrics of a job that is finishing do not change,
/// so the gate says the same, and the deployment's id is made from the job's.
/// </summary>
internal sealed class GateActivity(JobSet jobs, ModelRegistry registry, DeploymentSet deployments, JobEnding ending, TimeProvider clock) : IActivity<JobStep, StepTaken>
{
    public async Task<StepTaken> RunAsync(ActivityCall call, JobStep input, CancellationToken cancel)
    {
        if (await jobs.FindAsync(input.JobId, cancel) is not { Status: JobStatus.Finishing } job)
            return new StepTaken(false);
        if (job.Spec.Model is not { } spec || job.Model is not { } model)
            return new StepTaken(true);

        var verdict = Gate.Evaluate(spec.Gate, job.Metrics);
        await registry.JudgeAsync(model, verdict, cancel);
        if (!verdict.Passed)
        {
            var cure = $"Train a better model or lower the gate; the model is kept as '{model}' (rejected).";
            await ending.EndAsync(job.Id, JobReason.GateRejected, verdict.Message, cure, cancel);
            return new StepTaken(false);
        }

        if (job.StopAsked)
        {
            await ending.EndAsync(job.Id, JobReason.StopRequested, $"Somebody asked for the job to stop before its model '{model}' was deployed.", null, cancel);
            return new StepTaken(false);
        }

        return spec.Endpoint is { } endpoint ? new StepTaken(true, await RecordAsync(job, endpoint, model, cancel)) : new StepTaken(true);
    }

    private async Task<string> RecordAsync(JobRecord job, string endpoint, string model, CancellationToken cancel)
    {
        var deployment = new Deployment
        {
            Id = $"deployment-{job.Id[(job.Id.IndexOf('-', StringComparison.Ordinal) + 1)..]}",
            Endpoint = endpoint,
            Model = model,
            Status = DeploymentStatus.Running,
            CreatedAt = clock.GetUtcNow(),
            TraceParent = job.TraceParent,
        };
        await deployments.CreateAsync(deployment, cancel);
        return deployment.Id;
    }
}
