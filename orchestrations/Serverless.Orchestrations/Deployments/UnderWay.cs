using Serverless.Contracts.Endpoints;
using Serverless.Core.Endpoints;

namespace Serverless.Orchestrations.Deployments;

/// <summary>Finds a deployment that is still to be made.</summary>
internal static class UnderWay
{
    /// <summary>The deployment, or why it is not to be made any more.</summary>
    public static async Task<(Deployment? Deployment, DeploymentOutcome? Ended)> FindAsync(DeploymentSet deployments, string id, CancellationToken cancel) =>
        await deployments.FindAsync(id, cancel) switch
        {
            null => (null, new DeploymentOutcome(false, $"There is no deployment '{id}' any more.", "Deploy the model version again.")),
            { Status: DeploymentStatus.Running } deployment => (deployment, null),
            { Status: DeploymentStatus.Succeeded } => (null, DeploymentOutcome.Good),
            { } failed => (null, new DeploymentOutcome(false, failed.Message)),
        };

    /// <summary>What a check of its model means for a deployment.</summary>
    public static DeploymentOutcome Of(ModelCheck check, Deployment deployment) =>
        check.Passed
            ? DeploymentOutcome.Good
            : new DeploymentOutcome(false, $"The model '{deployment.Model}' cannot be served at endpoint '{deployment.Endpoint}': {check.Message}", check.Cure);
}
