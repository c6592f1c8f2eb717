using Serverless.Core.Workflows;
using Serverless.Orchestrations.Deployments;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Retries;

namespace Serverless.Orchestrations.Studies;

/// <summary>
/// Drives a study from its record to its end: look (tell the search what happened, start and stop trials), again and again, then publish → deploy → end. It decides only the order of steps; what a
/// step finds and decides stands in the study's record and its search, so that the workflow may be started again for a study that is anywhere in its life. Its trials are jobs, each
/// driven by a training workflow of its own, which tells this one when it ends.
/// </summary>
internal sealed class StudyWorkflow : IWorkflow<StudyInput, Nothing>
{
    /// <summary>After how many looks a run goes on as a new one: each leaves about six events, so that a history stays well below 1,000.</summary>
    internal const int MaxLooks = 100;

    public async Task<Nothing> RunAsync(IWorkflowContext context, StudyInput input)
    {
        try
        {
            var seen = input.Seen ?? await context.CallAsync(StudyNames.Look, Step(input), Steady.Retry);
            for (var looks = 0; seen.Next == StudyPhase.Wait; looks++)
            {
                if (looks == MaxLooks)
                {
                    context.ContinueAsNew(input with { Seen = seen });
                    return Nothing.Value;
                }

                await context.WaitForEventAsync<JobChanged>(JobEvents.Changed, seen.Wait);
                seen = await context.CallAsync(StudyNames.Look, Step(input), Steady.Retry);
            }

            if (seen.Next == StudyPhase.Publish)
                await PublishAsync(context, input);
        }
        catch (ActivityFailedException failure)
        {
            await context.CallAsync(StudyNames.End, End(input, $"The step '{failure.Name}' failed: {failure.Message}", failure.Cure, null), Steady.Retry);
        }

        return Nothing.Value;
    }

    private static async Task PublishAsync(IWorkflowContext context, StudyInput input)
    {
        var published = await context.CallAsync(StudyNames.Publish, Step(input), Steady.Retry);
        var deployed = published.DeploymentId is { } id ? await DeployAsync(context, id, input.TraceParent) : DeploymentOutcome.Good;
        var end = deployed.Passed
            ? End(input, published.Message, published.Cure, published.Message is null ? published.Endpoint : null)
            : End(input, deployed.Message, deployed.Cure, null);
        await context.CallAsync(StudyNames.End, end, Steady.Retry);
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

    private static StudyStep Step(StudyInput input) => new(input.StudyId) { TraceParent = input.TraceParent };

    private static StudyEnd End(StudyInput input, string? failure, string? cure, string? endpoint) =>
        new(input.StudyId, failure, cure, endpoint) { Run = input.Run, TraceParent = input.TraceParent };
}
