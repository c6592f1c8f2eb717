namespace Serverless.Api.Routing;

/// <summary>What a route takes as its body.</summary>
/// <param name="MediaTypes">The types that it reads.</param>
/// <param name="Schema">The wire type of a JSON body; null: bytes.</param>
public sealed record RouteBody(IReadOnlyList<string> MediaTypes, Type? Schema)
{
    /// <summary>A JSON body.</summary>
    public static RouteBody Json<T>() => new(["application/json"], typeof(T));

    /// <summary>Any bytes.</summary>
    public static RouteBody Bytes { get; } = new(["application/octet-stream"], null);
}
