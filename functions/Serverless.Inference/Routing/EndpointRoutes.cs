using System.Collections.Concurrent;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;

namespace Serverless.Inference.Routing;

/// <summary>
/// The routes of this host. A route is read from its endpoint's record on the first call, again when the host is told that it changed, and, where other hosts may be told instead, when it has
/// an age. One caller then reads while the others go by what is known.
/// </summary>
/// <param name="endpoints">The records.</param>
/// <param name="time">The clock of ages.</param>
/// <param name="maxAge">After how long a route is read again; null: never.</param>
internal sealed class EndpointRoutes(EndpointSet endpoints, TimeProvider time, TimeSpan? maxAge)
{
    private readonly ConcurrentDictionary<string, EndpointRoute> routes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> read = new(StringComparer.Ordinal);

    /// <summary>The route, or null when there is no such endpoint. That answer is not kept, so a new endpoint is found at once.</summary>
    public async ValueTask<EndpointRoute?> FindAsync(string endpoint, CancellationToken cancel) =>
        !routes.TryGetValue(endpoint, out var route) ? await RefreshAsync(endpoint, cancel) : IsMineToRead(endpoint) ? await ReadAgainAsync(endpoint, route, cancel) : route;

    /// <summary>Reads the record again. Of two that read at the same time the higher revision wins; a record made anew wins over any of its predecessor.</summary>
    public async Task<EndpointRoute?> RefreshAsync(string endpoint, CancellationToken cancel)
    {
        if (await endpoints.FindAsync(endpoint, cancel) is not { } record)
        {
            routes.TryRemove(endpoint, out _);
            return null;
        }

        read[endpoint] = time.GetUtcNow();
        return routes.AddOrUpdate(endpoint, static (_, next) => next, static (_, known, next) => IsNewer(next.Record, known.Record) ? next : known, new EndpointRoute(record));
    }

    /// <summary>Whether a route that is known here leads to the model.</summary>
    public bool LeadTo(EndpointModel model) => routes.Values.Any(route => route.Shares.Any(share => share.Model == model));

    /// <summary>Whether the route is old, and this caller is the first to see it.</summary>
    private bool IsMineToRead(string endpoint)
    {
        if (maxAge is not { } age)
            return false;
        var now = time.GetUtcNow();
        return read.TryGetValue(endpoint, out var last) && now - last > age && read.TryUpdate(endpoint, now, last);
    }

    private async Task<EndpointRoute?> ReadAgainAsync(string endpoint, EndpointRoute known, CancellationToken cancel)
    {
        try
        {
            return await RefreshAsync(endpoint, cancel);
        }
        catch (ServerlessException failure) when (failure.Retryable)
        {
            return known; // the store does not answer: what is known goes on answering, and is looked at again after the same age
        }
    }

    private static bool IsNewer(EndpointRecord next, EndpointRecord known) =>
        next.CreatedAt != known.CreatedAt ? next.CreatedAt > known.CreatedAt : next.Revision >= known.Revision;
}
