using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Studies;

namespace Serverless.Api.Schemas;

/// <summary>The rows of schemas of files. They say nothing of this host, and editors have no key: whoever asks may read them.</summary>
internal static class SchemaRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.StudySchema, Name = "getStudySchema", Access = RouteAccess.Anonymous, Summary = "The JSON Schema of a study's file.",
            Replies = [new(200, "JSON Schema, draft 2020-12.", SchemaReply.MediaType), new(304, "As the sender has it.", null)],
            Handler = (call, cancel) => SchemaReply.WriteAsync(call, StudySchema.Json, cancel),
        },
    ];
}
