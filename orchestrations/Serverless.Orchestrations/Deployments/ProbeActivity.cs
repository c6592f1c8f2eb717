using Serverless.Core.Endpoints;
using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Deployments;

/// <summary>Loads the model in the host and runs it once. Twice does no harm: it touches no traffic.</summary>
internal sealed class ProbeActivity(DeploymentSet deployments, IEndpointHost host) : IActivity<DeploymentInput, DeploymentOutcome>
{
    public async Task<DeploymentOutcome> RunAsync(ActivityCall call, DeploymentInput input, CancellationToken cancel)
    {
        var (deployment, ended) = await UnderWay.FindAsync(deployments, input.DeploymentId, cancel);
        return ended ?? UnderWay.Of(await host.ProbeAsync(DeploymentLife.ModelOf(deployment!), cancel), deployment!);
    }
}
