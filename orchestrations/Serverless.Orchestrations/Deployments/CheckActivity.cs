using Serverless.Core.Endpoints;
using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Deployments;

/// <summary>Checks the model in a process of its own. Twice does no harm: it touches nothing.</summary>
internal sealed class CheckActivity(DeploymentSet deployments, IEndpointHost host) : IActivity<DeploymentInput, DeploymentOutcome>
{
    public async Task<DeploymentOutcome> RunAsync(ActivityCall call, DeploymentInput input, CancellationToken cancel)
    {
        var (deployment, ended) = await UnderWay.FindAsync(deployments, input.DeploymentId, cancel);
        return ended ?? UnderWay.Of(await host.PrepareAsync(DeploymentLife.ModelOf(deployment!), cancel), deployment!);
    }
}
