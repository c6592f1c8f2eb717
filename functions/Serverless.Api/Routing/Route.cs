namespace Serverless.Api.Routing;

/// <summary>One row of the table: a method on a path, who may call it, what bounds it, who answers, and what there is to say about it.</summary>
public sealed record Route
{
    /// <summary>The HTTP method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>The path: one of <see cref="Contracts.Routes"/>.</summary>
    public required string Template { get; init; }

    /// <summary>Its name, unique in the table: the operation's id in the description.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Who may call it.</summary>
    public required RouteAccess Access { get; init; }

    /// <summary>Who answers.</summary>
    public required RouteHandler Handler { get; init; }

    /// <summary>Most bytes of a body; 0: a body is refused.</summary>
    public long MaxBodyBytes { get; init; }

    /// <summary>How long a call may take; <see cref="Timeout.InfiniteTimeSpan"/> for bodies whose length only the network bounds (the server then watches their rate).</summary>
    public TimeSpan TimeOut { get; init; } = RouteLimits.TimeOut;

    /// <summary>Query parameters and headers.</summary>
    public IReadOnlyList<RouteParameter> Parameters { get; init; } = [];

    /// <summary>The body that it takes.</summary>
    public RouteBody? Body { get; init; }

    /// <summary>The answers that it gives when all is well; everything else is a problem document.</summary>
    public required IReadOnlyList<RouteReply> Replies { get; init; }
}
