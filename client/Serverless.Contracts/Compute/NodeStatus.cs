using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Compute;

/// <summary>Where a node stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<NodeStatus>))]
public enum NodeStatus
{
    /// <summary>Asked for; its agent has not spoken.</summary>
    Starting,

    /// <summary>Waits for work.</summary>
    Idle,

    /// <summary>Runs a job.</summary>
    Busy,

    /// <summary>Has said that it leaves.</summary>
    Leaving,

    /// <summary>Is gone.</summary>
    Gone,
}
