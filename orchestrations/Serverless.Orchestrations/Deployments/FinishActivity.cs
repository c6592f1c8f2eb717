using Serverless.Core.Endpoints;
using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Deployments;

/// <summary>Ends a deployment with a word, going back first when it must, and unloads what no endpoint routes to any more. Twice does no harm: a deployment that has ended stays as it ended.</summary>
internal sealed class FinishActivity(DeploymentSet deployments, DeploymentEnding ending, EndpointDrain drain, EndpointSet endpoints) : IActivity<DeploymentEnd, DeploymentOutcome>
{
    public async Task<DeploymentOutcome> RunAsync(ActivityCall call, DeploymentEnd input, CancellationToken cancel)
    {
        var outcome = await ending.EndAsync(input.DeploymentId, input.Outcome, input.GoBack, cancel);
        if (await deployments.FindAsync(input.DeploymentId, cancel) is not { } deployment)
            return outcome;
        var old = (await endpoints.FindAsync(deployment.Endpoint, cancel))?.Previous.Select(traffic => new EndpointModel(traffic.Model, traffic.Version)) ?? [];
        await drain.UnroutedAsync([.. old, DeploymentLife.ModelOf(deployment)], cancel);
        return outcome;
    }
}
