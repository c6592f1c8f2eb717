namespace Serverless.Api.Routing;

/// <summary>
/// Which method on which path is answered, by whom, and who may call it.
/// A path that is not in the table is 404 and reaches nothing.
/// </summary>
public sealed class RouteTable
{
    private readonly (RouteTemplate Template, Route[] Routes)[] paths;

    /// <summary>Makes a table.</summary>
    /// <param name="routes">The rows; no method twice on a path.</param>
    public RouteTable(IEnumerable<Route> routes)
    {
        Rows = [.. routes];
        paths = [.. Rows.GroupBy(route => route.Template).Select(group => (new RouteTemplate(group.Key), group.ToArray()))];
        if (Rows.GroupBy(route => (route.Method, route.Template)).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"'{twice.Key.Method} {twice.Key.Template}' is in the table twice.", nameof(routes));
    }

    /// <summary>The rows in the order in which they are described.</summary>
    public IReadOnlyList<Route> Rows { get; }

    /// <summary>Finds who answers. Pure; nothing but the method and the path counts, no header can change either.</summary>
    /// <param name="method">The method of the request line.</param>
    /// <param name="rawPath">The path of the request line, not decoded, without the query.</param>
    public RouteMatch Match(string method, string rawPath)
    {
        var (segments, refused) = RequestPath.Split(rawPath);
        if (refused is not null)
            return new RouteMatch.Refused(refused);
        if (segments.Count == 0)
            return new RouteMatch.NoPath();
        foreach (var (template, routes) in paths)
        {
            if (template.Match(segments) is not { } values)
                continue;
            return Array.Find(routes, route => string.Equals(route.Method, method, StringComparison.Ordinal)) is { } route
                ? new RouteMatch.Found(route, values)
                : new RouteMatch.NoMethod([.. routes.Select(row => row.Method)]);
        }

        return new RouteMatch.NoPath();
    }
}
