using Serverless.Contracts.Endpoints;

namespace Serverless.Core.Endpoints;

/// <summary>How a deployment ends: once, and always with a word.</summary>
public static class DeploymentLife
{
    /// <summary>The new model answers.</summary>
    public static Deployment Succeed(Deployment deployment, DateTimeOffset now) =>
        deployment.Status != DeploymentStatus.Running ? deployment : deployment with { Status = DeploymentStatus.Succeeded, EndedAt = now };

    /// <summary>The old model still answers.</summary>
    public static Deployment Fail(Deployment deployment, string message, DateTimeOffset now) =>
        deployment.Status != DeploymentStatus.Running ? deployment : deployment with { Status = DeploymentStatus.Failed, Message = message, EndedAt = now };

    /// <summary>The model that a deployment is about.</summary>
    public static EndpointModel ModelOf(Deployment deployment)
    {
        var at = deployment.Model.LastIndexOf('@');
        return new EndpointModel(deployment.Model[..at], int.Parse(deployment.Model.AsSpan(at + 1), System.Globalization.CultureInfo.InvariantCulture));
    }
}
