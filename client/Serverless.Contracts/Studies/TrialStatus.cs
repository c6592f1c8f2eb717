using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Studies;

/// <summary>Where a trial stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TrialStatus>))]
public enum TrialStatus
{
    /// <summary>Its job waits or runs.</summary>
    Running,

    /// <summary>It came to its end and has values.</summary>
    Complete,

    /// <summary>It was given up while it ran.</summary>
    Pruned,

    /// <summary>Its job failed or was stopped, or it has no value that is a number.</summary>
    Failed,
}
