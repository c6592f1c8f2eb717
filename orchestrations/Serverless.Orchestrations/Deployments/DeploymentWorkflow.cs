using Serverless.Core.Workflows;
using Serverless.Orchestrations.Retries;

namespace Serverless.Orchestrations.Deployments;

/// <summary>
/// Puts a model version behind an endpoint: check → probe → route → verify → finish. Until it is routed nothing of the endpoint is touched; when what comes after fails,
/// the endpoint goes back. Of two at once the one that was asked for later wins, whichever is faster; the record of each says how it ended.
/// </summary>
internal sealed class DeploymentWorkflow : IWorkflow<DeploymentInput, DeploymentOutcome>
{
    public async Task<DeploymentOutcome> RunAsync(IWorkflowContext context, DeploymentInput input)
    {
        var routed = false;
        DeploymentOutcome outcome;
        try
        {
            outcome = await context.CallAsync(DeploymentNames.Check, input, Steady.Retry);
            if (outcome.Passed)
                outcome = await context.CallAsync(DeploymentNames.Probe, input, Steady.Retry);
            if (outcome.Passed)
            {
                routed = true;
                outcome = await context.CallAsync(DeploymentNames.Route, input, Steady.Retry);
            }

            if (outcome.Passed)
                outcome = await context.CallAsync(DeploymentNames.Verify, input, Steady.Retry);
        }
        catch (ActivityFailedException failure)
        {
            outcome = new DeploymentOutcome(false, $"The step '{failure.Name}' failed: {failure.Message}", failure.Cure);
        }

        return await context.CallAsync(DeploymentNames.Finish, new DeploymentEnd(input.DeploymentId, outcome, routed && !outcome.Passed) { TraceParent = input.TraceParent }, Steady.Retry);
    }
}
