namespace Serverless.Api.Routing;

/// <summary>An answer that a route gives when all is well.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Description">When it is given.</param>
/// <param name="MediaType">Its type; null: no body.</param>
/// <param name="Schema">The wire type of a JSON body; null: bytes or none.</param>
public sealed record RouteReply(int Status, string Description, string? MediaType = null, Type? Schema = null)
{
    /// <summary>An answer in JSON.</summary>
    public static RouteReply Json<T>(int status, string description) => new(status, description, "application/json", typeof(T));

    /// <summary>An answer of bytes.</summary>
    public static RouteReply Bytes(string description, string mediaType = "application/octet-stream") => new(200, description, mediaType);
}
