using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Deployments;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Retries;

namespace Serverless.Orchestrations.Training;

/// <summary>
/// Drives a job from its record to its end: admit → watch → register → gate → deploy → end → release. It decides only the order of steps; what a step finds and decides
/// stands in the job's record, so that the workflow may be started again for a job that is anywhere in its life.
/// </summary>
internal sealed class TrainingWorkflow : IWorkflow<TrainingInput, Nothing>
{
    /// <summary>After how many looks a run goes on as a new one: each leaves about six events, so that a history stays well below 1,000.</summary>
    internal const int MaxLooks = 100;

    public async Task<Nothing> RunAsync(IWorkflowContext context, TrainingInput input)
    {
        try
        {
            var seen = await WatchAsync(context, input);
            if (seen.Next == NextStep.Wait)
            {
                context.ContinueAsNew(input with { Seen = seen });
                return Nothing.Value;
            }

            if (seen.Next == NextStep.Publish)
                await FinishAsync(context, Step(input));
        }
        catch (ActivityFailedException failure)
        {
            await context.CallAsync(TrainingNames.End, Broken(input, failure), Steady.Retry);
        }

        await context.CallAsync(TrainingNames.Release, Step(input), Steady.Retry);
        return Nothing.Value;
    }

    /// <summary>Looks at the job whenever something happened, and at the latest when its claim runs out. Ends when the job does, when its files are to be taken, or after <see cref="MaxLooks"/>.</summary>
    private static async Task<JobSeen> WatchAsync(IWorkflowContext context, TrainingInput input)
    {
        var seen = input.Seen ?? await context.CallAsync(TrainingNames.Admit, Step(input), Steady.Retry);
        for (var looks = 0; seen.Next == NextStep.Wait && looks < MaxLooks; looks++)
        {
            await context.WaitForEventAsync<JobChanged>(JobEvents.Changed, seen.Wait);
            seen = await context.CallAsync(TrainingNames.Observe, new ObserveInput(input.JobId, seen), Steady.Retry);
        }

        return seen;
    }

    private static async Task FinishAsync(IWorkflowContext context, JobStep job)
    {
        var taken = await context.CallAsync(TrainingNames.Register, job, Steady.Retry);
        if (taken.GoOn)
            taken = await context.CallAsync(TrainingNames.Gate, job, Steady.Retry);
        if (!taken.GoOn)
            return;
        var deployed = taken.DeploymentId is { } id ? await DeployAsync(context, id, job.TraceParent) : DeploymentOutcome.Good;
        var end = deployed.Passed ? new JobEnd(job.JobId, JobReason.Completed) : new JobEnd(job.JobId, JobReason.DeploymentFailed, deployed.Message, deployed.Cure);
        await context.CallAsync(TrainingNames.End, end with { TraceParent = job.TraceParent }, Steady.Retry);
    }

    private static async Task<DeploymentOutcome> DeployAsync(IWorkflowContext context, string id, string? traceParent)
    {
        try
        {
            return await context.CallWorkflowAsync(DeploymentNames.Workflow, id, new DeploymentInput(id) { TraceParent = traceParent });
        }
        catch (ActivityFailedException failure)
        {
            return new DeploymentOutcome(false, $"The deployment '{id}' broke off: {failure.Message}", failure.Cure);
        }
    }

    private static JobStep Step(TrainingInput input) => new(input.JobId) { TraceParent = input.TraceParent };

    private static JobEnd Broken(TrainingInput input, ActivityFailedException failure) => new(
        input.JobId,
        failure.Code == ProblemCodes.StorageFull ? JobReason.DiskFull : JobReason.Internal,
        $"The step '{failure.Name}' failed: {failure.Message}",
        failure.Cure)
    {
        TraceParent = input.TraceParent,
    };
}
