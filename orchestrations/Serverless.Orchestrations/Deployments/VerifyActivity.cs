using Serverless.Core.Endpoints;
using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Deployments;

/// <summary>Sees that what answers now does answer. Twice does no harm: it touches nothing. When a later change has taken the endpoint meanwhile, there is nothing to see any more.</summary>
internal sealed class VerifyActivity(DeploymentSet deployments, EndpointSet endpoints, IEndpointHost host) : IActivity<DeploymentInput, DeploymentOutcome>
{
    public async Task<DeploymentOutcome> RunAsync(ActivityCall call, DeploymentInput input, CancellationToken cancel)
    {
        var (deployment, ended) = await UnderWay.FindAsync(deployments, input.DeploymentId, cancel);
        if (deployment is null)
            return ended!;
        return await endpoints.FindAsync(deployment.Endpoint, cancel) is { } endpoint && endpoint.ChangedBy == deployment.Id
            ? UnderWay.Of(await host.ProbeAsync(DeploymentLife.ModelOf(deployment), cancel), deployment)
            : DeploymentOutcome.Good;
    }
}
