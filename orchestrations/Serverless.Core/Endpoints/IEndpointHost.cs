namespace Serverless.Core.Endpoints;

/// <summary>
/// Where models answer. Preparing and probing touch no traffic; routing changes it at once and drops no request; each call may be repeated without harm.
/// What the traffic of an endpoint is stands in its <see cref="EndpointRecord"/>: the host reads it there, so that it knows it again after a restart.
/// </summary>
public interface IEndpointHost
{
    /// <summary>Checks a model's file and loads it once in a process of its own, bounded in time and memory.</summary>
    /// <returns>Its signature, or why it cannot be served.</returns>
    Task<ModelCheck> PrepareAsync(EndpointModel model, CancellationToken cancel);

    /// <summary>Loads the model in the host and runs it once on an empty row (missing values), to see that it answers.</summary>
    Task<ModelCheck> ProbeAsync(EndpointModel model, CancellationToken cancel);

    /// <summary>Takes the endpoint's record as it is now: what comes later is answered by it. Requests under way end where they began.</summary>
    Task RouteAsync(string endpoint, CancellationToken cancel);

    /// <summary>Unloads a model that no endpoint routes to, once its last request has ended.</summary>
    Task DrainAsync(EndpointModel model, CancellationToken cancel);

    /// <summary>How many sessions are loaded for an endpoint on this host.</summary>
    Task<int> SessionsAsync(string endpoint, CancellationToken cancel);
}
