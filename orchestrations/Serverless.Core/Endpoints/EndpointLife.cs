using Serverless.Contracts.Endpoints;

namespace Serverless.Core.Endpoints;

/// <summary>Every change of an endpoint's traffic, as functions from record to record. The same instance back means that nothing changes.</summary>
public static class EndpointLife
{
    /// <summary>A new endpoint that a deployment makes.</summary>
    public static EndpointRecord Make(Deployment deployment, EndpointModel model, DateTimeOffset now) => new()
    {
        Name = deployment.Endpoint,
        Revision = 1,
        Traffic = [new EndpointTraffic(model.Name, model.Version, 100)],
        IdleSeconds = deployment.IdleSeconds ?? 300,
        ChangedBy = deployment.Id,
        AskedAt = deployment.CreatedAt,
        TraceParent = deployment.TraceParent,
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>A deployment's model takes all traffic. Nothing changes when it has done so before, or when the traffic was made by what was asked for later.</summary>
    public static EndpointRecord Shift(EndpointRecord endpoint, Deployment deployment, EndpointModel model, DateTimeOffset now)
    {
        if (endpoint.ChangedBy == deployment.Id || Outdated(endpoint, deployment))
            return endpoint;
        IReadOnlyList<EndpointTraffic> traffic = [new EndpointTraffic(model.Name, model.Version, 100)];
        return endpoint with
        {
            Revision = endpoint.Revision + 1,
            Traffic = traffic,
            Previous = endpoint.Traffic.SequenceEqual(traffic) ? endpoint.Previous : endpoint.Traffic,
            IdleSeconds = deployment.IdleSeconds ?? endpoint.IdleSeconds,
            ChangedBy = deployment.Id,
            AskedAt = deployment.CreatedAt,
            TraceParent = deployment.TraceParent,
            UpdatedAt = now,
        };
    }

    /// <summary>Whether the endpoint's traffic was made by what was asked for after a deployment: then that deployment comes too late.</summary>
    public static bool Outdated(EndpointRecord endpoint, Deployment deployment) =>
        endpoint.AskedAt is { } asked && endpoint.ChangedBy is { } by && by != deployment.Id
        && (asked > deployment.CreatedAt || (asked == deployment.CreatedAt && string.CompareOrdinal(by, deployment.Id) > 0));

    /// <summary>What answered before answers again, and what answers now is kept to go forward to. Nothing changes when nothing answered before.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="asked">When it was asked for.</param>
    public static EndpointRecord GoBack(EndpointRecord endpoint, string by, DateTimeOffset asked) =>
        endpoint.Previous.Count == 0
            ? endpoint
            : endpoint with
            {
                Revision = endpoint.Revision + 1,
                Traffic = endpoint.Previous,
                Previous = endpoint.Traffic,
                ChangedBy = by,
                AskedAt = asked,
                TraceParent = null,
                UpdatedAt = asked,
            };
}
