using Serverless.Api.Routing;
using Serverless.Contracts;

namespace Serverless.Api.Artifacts;

/// <summary>The rows for short-lived addresses.</summary>
internal static class ArtifactRoutes
{
    private static readonly RouteParameter[] Proof =
    [
        new("verb", "string", "What the address allows: 'read' or 'write'.", Required: true),
        new("expires", "integer", "When it ends, in seconds since 1970.", Required: true),
        new("signature", "string", "Its proof.", Required: true),
    ];

    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Artifact, Name = "readArtifact", Access = RouteAccess.Signature,
            Summary = "Reads bytes by a short-lived address; a range when asked for.",
            Parameters = Proof, TimeOut = Timeout.InfiniteTimeSpan, Replies = [RouteReply.Bytes("The bytes."), new(206, "Some of the bytes.", "application/octet-stream")],
            Handler = Answer.By<ArtifactBytes>((artifacts, call, cancel) => artifacts.ReadAsync(call, cancel)),
        },
        new()
        {
            Method = "PUT", Template = Routes.Artifact, Name = "writeArtifact", Access = RouteAccess.Signature,
            Summary = "Writes bytes by a short-lived address: whole, or not at all.",
            Parameters = Proof, Body = RouteBody.Bytes, MaxBodyBytes = RouteLimits.FileBytes, TimeOut = Timeout.InfiniteTimeSpan, Replies = [new(204, "Written.")],
            Handler = Answer.By<ArtifactBytes>((artifacts, call, cancel) => artifacts.WriteAsync(call, cancel)),
        },
    ];
}
