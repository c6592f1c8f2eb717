using Microsoft.Extensions.Logging;
using Serverless.Contracts.Endpoints;

namespace Serverless.Orchestrations.Deployments;

public sealed partial class DeploymentEnding
{
    [LoggerMessage(3300, LogLevel.Information, "Deployment {DeploymentId} of {Model} to endpoint {Endpoint} ended: {Status}. {Words}")]
    private partial void LogEnded(string deploymentId, string endpoint, string model, DeploymentStatus status, string? words);
}
