namespace Serverless.Api.Routing;

/// <summary>What the table says of a request line.</summary>
public abstract record RouteMatch
{
    private RouteMatch()
    {
    }

    /// <summary>A route answers it.</summary>
    /// <param name="Route">The route.</param>
    /// <param name="Values">The values of the template's parameters, decoded.</param>
    public sealed record Found(Route Route, IReadOnlyDictionary<string, string> Values) : RouteMatch;

    /// <summary>The path is no route's.</summary>
    public sealed record NoPath : RouteMatch;

    /// <summary>The path is a route's, the method is not.</summary>
    /// <param name="Allowed">The methods that the path has.</param>
    public sealed record NoMethod(IReadOnlyList<string> Allowed) : RouteMatch;

    /// <summary>The path is written in a way that is not read here.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : RouteMatch;
}
