using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Endpoints;

/// <summary>Where a deployment stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DeploymentStatus>))]
public enum DeploymentStatus
{
    /// <summary>The model is checked, loaded and probed; the old one answers.</summary>
    Running,

    /// <summary>The new model answers.</summary>
    Succeeded,

    /// <summary>The old model still answers.</summary>
    Failed,
}
