using System.Text.Json.Serialization;
using Serverless.Contracts.Enumerations;

namespace Serverless.Contracts.Jobs;

/// <summary>Where a job stands. The order is the order of a life without faults.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Recorded; its workflow has not looked at it yet.</summary>
    Pending,

    /// <summary>Admitted; waits for a node (first, or again after a lost one).</summary>
    Queued,

    /// <summary>Claimed by an agent, which brings code and data.</summary>
    Starting,

    /// <summary>The program runs.</summary>
    Running,

    /// <summary>The program ended well; its model is registered, gated and deployed.</summary>
    Finishing,

    /// <summary>Ended: all that was asked for is done.</summary>
    Succeeded,

    /// <summary>Ended: see the reason.</summary>
    Failed,

    /// <summary>Ended because somebody asked for it.</summary>
    Stopped,
}
