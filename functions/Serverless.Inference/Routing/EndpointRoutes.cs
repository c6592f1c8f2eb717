using System.Collections.Concurrent;
using Serverless.Core.Endpoints;

namespace Serverless.Inference.Routing;

/// <summary>The routes of this host. A route is read from its endpoint's record on the first call, and again when the host is told that it changed.</summary>
internal sealed class EndpointRoutes(EndpointSet endpoints)
{
    private readonly ConcurrentDictionary<string, EndpointRoute> routes = new(StringComparer.Ordinal);

    /// <summary>The route, or null when there is no such endpoint. That answer is not kept, so a new endpoint is found at once.</summary>
    public async ValueTask<EndpointRoute?> FindAsync(string endpoint, CancellationToken cancel) =>
        routes.TryGetValue(endpoint, out var route) ? route : await RefreshAsync(endpoint, cancel);

    /// <summary>Reads the record again. Of two that read at the same time the higher revision wins; a record made anew wins over any of its predecessor.</summary>
    public async Task<EndpointRoute?> RefreshAsync(string endpoint, CancellationToken cancel)
    {
        if (await endpoints.FindAsync(endpoint, cancel) is not { } record)
        {
            routes.TryRemove(endpoint, out _);
            return null;
        }

        var read = new EndpointRoute(record);
        return routes.AddOrUpdate(endpoint, static (_, next) => next, static (_, known, next) => IsNewer(next.Record, known.Record) ? next : known, read);
    }

    /// <summary>Whether a route that is known here leads to the model.</summary>
    public bool LeadTo(EndpointModel model) => routes.Values.Any(route => route.Shares.Any(share => share.Model == model));

    private static bool IsNewer(EndpointRecord next, EndpointRecord known) =>
        next.CreatedAt != known.CreatedAt ? next.CreatedAt > known.CreatedAt : next.Revision >= known.Revision;
}
