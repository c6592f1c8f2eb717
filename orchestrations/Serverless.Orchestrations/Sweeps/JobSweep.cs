using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Jobs;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Telemetry;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>
/// Sees to it that every live job has a workflow that drives it, or ends with a word; and that a job that waits is known to its pool, should its ring have been lost.
/// </summary>
public sealed class JobSweep(JobSet jobs, IWorkflowClient workflows, JobSubmission submission, JobEnding ending, PoolQueue queue)
{
    /// <summary>Sweeps once.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var counts = new Dictionary<JobStatus, int>();
        await foreach (var job in jobs.AllAsync(new Dictionary<string, string> { ["active"] = "yes" }, cancel))
        {
            counts[job.Status] = counts.GetValueOrDefault(job.Status) + 1;
            await CheckAsync(job, cancel);
        }

        JobTelemetry.JobsSwept(counts);
        await queue.RemindAsync(cancel);
    }

    private async Task CheckAsync(JobRecord job, CancellationToken cancel)
    {
        var workflow = await workflows.FindAsync(job.Id, cancel);
        switch (workflow?.Status)
        {
            case null:
                await submission.StartAsync(job, cancel);
                break;
            case WorkflowStatus.Running when workflow.Failure is { } parked && job.StopRequested:
                // It cannot be run on, so it will not hear the stop; the next sweep ends the job.
                await workflows.TerminateAsync(job.Id, $"A stop was asked for, and the workflow cannot be run: {parked.Message}", cancel);
                break;
            case WorkflowStatus.Running:
                break;
            case WorkflowStatus.Completed:
                await ending.EndAsync(job.Id, JobReason.Internal, "The job's workflow ended and left the job where it was.", null, cancel);
                break;
            case WorkflowStatus.Terminated:
                await ending.EndAsync(job.Id, job.StopAsked ? JobReason.StopRequested : job.StopRequested ? job.StopReason : JobReason.Internal,
                    $"The job's workflow was terminated: {workflow.Failure?.Message ?? "no reason was given"}", workflow.Failure?.Cure, cancel);
                break;
            case WorkflowStatus.Failed:
                var reason = workflow.Failure?.Code == ProblemCodes.StorageFull ? JobReason.DiskFull : JobReason.Internal;
                await ending.EndAsync(job.Id, reason, $"The job's workflow failed: {workflow.Failure?.Message ?? "no reason was given"}", workflow.Failure?.Cure, cancel);
                break;
            default:
                throw new InvalidOperationException($"The workflow status {workflow.Status} is not known here.");
        }
    }
}
