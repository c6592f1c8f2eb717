using Serverless.Contracts.Endpoints;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Deployments;

/// <summary>Gives the model all of the endpoint's traffic. Twice does no harm: the endpoint's record says which deployment made its traffic, and is written under its revision.</summary>
internal sealed class RouteActivity(DeploymentSet deployments, EndpointSet endpoints, IEndpointHost host, EndpointDefaults defaults, TimeProvider clock) : IActivity<DeploymentInput, DeploymentOutcome>
{
    public async Task<DeploymentOutcome> RunAsync(ActivityCall call, DeploymentInput input, CancellationToken cancel)
    {
        var (deployment, ended) = await UnderWay.FindAsync(deployments, input.DeploymentId, cancel);
        if (deployment is null)
            return ended!;
        var endpoint = await ShiftAsync(deployment, cancel);
        if (endpoint.ChangedBy != deployment.Id)
            return new DeploymentOutcome(false, $"The endpoint '{deployment.Endpoint}' was changed by '{endpoint.ChangedBy}', which was asked for later.", "Deploy the model version again if it shall answer after all.");

        // A deletion ends the deployments under way before it takes the record away. One that came since we looked has not seen ours: the last step takes it away again.
        (deployment, ended) = await UnderWay.FindAsync(deployments, input.DeploymentId, cancel);
        if (deployment is null)
            return ended!;
        await host.RouteAsync(deployment.Endpoint, cancel);
        return DeploymentOutcome.Good;
    }

    private async Task<EndpointRecord> ShiftAsync(Deployment deployment, CancellationToken cancel)
    {
        var model = DeploymentLife.ModelOf(deployment);
        var made = EndpointLife.Make(deployment with { IdleSeconds = deployment.IdleSeconds ?? defaults.IdleSeconds }, model, clock.GetUtcNow());
        if (await endpoints.CreateAsync(made, cancel))
            return made;
        return await endpoints.UpdateAsync(deployment.Endpoint, now => EndpointLife.Shift(now, deployment, model, clock.GetUtcNow()), cancel)
            ?? throw Fail.Conflict($"The endpoint '{deployment.Endpoint}' was deleted while it was being routed.", "It is tried again.", retryable: true);
    }
}
