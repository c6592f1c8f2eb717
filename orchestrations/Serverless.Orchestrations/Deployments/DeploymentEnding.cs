using Microsoft.Extensions.Logging;
using Serverless.Contracts.Endpoints;
using Serverless.Core.Endpoints;
using Serverless.Orchestrations.Telemetry;

namespace Serverless.Orchestrations.Deployments;

/// <summary>Ends a deployment with a word, going back to the old model first when the new one may answer already. Any number of times: a deployment that has ended stays as it ended.</summary>
public sealed partial class DeploymentEnding(DeploymentSet deployments, EndpointSet endpoints, IEndpointHost host, TimeProvider clock, ILogger<DeploymentEnding> log)
{
    /// <summary>Ends a deployment.</summary>
    /// <param name="id">The deployment.</param>
    /// <param name="outcome">How it came out.</param>
    /// <param name="goBack">Whether the endpoint goes back, if it still answers with what this deployment brought.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>How it ended: what was asked for, or how it had ended before.</returns>
    public async Task<DeploymentOutcome> EndAsync(string id, DeploymentOutcome outcome, bool goBack, CancellationToken cancel)
    {
        if (await deployments.FindAsync(id, cancel) is not { } deployment)
            return outcome;
        if (goBack && !outcome.Passed)
            await GoBackAsync(deployment, cancel);
        var words = outcome.Cure is null ? outcome.Message : $"{outcome.Message} {outcome.Cure}";
        var after = await deployments.UpdateAsync(
            id,
            now => outcome.Passed ? DeploymentLife.Succeed(now, clock.GetUtcNow()) : DeploymentLife.Fail(now, words ?? "No reason was given.", clock.GetUtcNow()),
            cancel);
        if (deployment.Status == DeploymentStatus.Running && after is not null)
        {
            JobTelemetry.DeploymentEnded(after.Status);
            LogEnded(id, after.Endpoint, after.Model, after.Status, after.Message);
        }

        return after is { Status: DeploymentStatus.Failed } && outcome.Passed ? new DeploymentOutcome(false, after.Message) : outcome;
    }

    private async Task GoBackAsync(Deployment deployment, CancellationToken cancel)
    {
        var back = $"{deployment.Id}-back";
        var isUnmade = await endpoints.ReadAsync(deployment.Endpoint, cancel) is (var record, var eTag)
            && record.ChangedBy == deployment.Id && record.Previous.Count == 0
            && await endpoints.DeleteAsync(deployment.Endpoint, eTag, cancel);
        if (!isUnmade)
            await endpoints.UpdateAsync(deployment.Endpoint, now => now.ChangedBy == deployment.Id ? EndpointLife.GoBack(now, back, deployment.CreatedAt) : now, cancel);
        await host.RouteAsync(deployment.Endpoint, cancel);
    }
}
