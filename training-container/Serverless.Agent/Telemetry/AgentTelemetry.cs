using System.Diagnostics;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Telemetry;

/// <summary>The spans of an attempt, below what the ticket says that it belongs to. Requests to the host carry the trace on; the job's program is not told.</summary>
internal static class AgentTelemetry
{
    /// <summary>The source's name.</summary>
    public const string Name = "Serverless.Agent";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The whole attempt, from the claim to the last word; null when nobody listens or the job is not traced.</summary>
    public static Activity? Attempt(JobTicket ticket, string node)
    {
        if (!Source.HasListeners() || !ActivityContext.TryParse(ticket.TraceParent, null, isRemote: true, out var parent))
            return null;
        var span = Source.StartActivity("job.attempt", ActivityKind.Consumer, parent);
        return span?.SetTag("serverless.job.id", ticket.JobId).SetTag("serverless.node.id", node).SetTag("serverless.job.epoch", ticket.Epoch);
    }

    /// <summary>A part of it.</summary>
    public static Activity? Part(string name) => Activity.Current is not null && Source.HasListeners() ? Source.StartActivity(name) : null;
}
