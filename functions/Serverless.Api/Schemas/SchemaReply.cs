using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Serverless.Api.Routing;

namespace Serverless.Api.Schemas;

/// <summary>Answers with a schema, which caches may keep: it changes with the release only.</summary>
internal static class SchemaReply
{
    /// <summary>The type of a JSON Schema (draft-bhutton-json-schema-01, section 14).</summary>
    public const string MediaType = "application/schema+json";

    /// <summary>Answers with it, or with nothing but a word when the sender has it.</summary>
    public static async Task WriteAsync(ApiCall call, ReadOnlyMemory<byte> schema, CancellationToken cancel)
    {
        var response = call.Http.Response;
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(schema.Span))[..32]}\"";
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "public, max-age=3600";
        if (EntityTagHeaderValue.TryParseList(call.Http.Request.Headers.IfNoneMatch, out var known) && known.Any(one => one.Tag == "*" || one.Tag == tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = MediaType;
        response.ContentLength = schema.Length;
        await response.Body.WriteAsync(schema, cancel);
    }
}
