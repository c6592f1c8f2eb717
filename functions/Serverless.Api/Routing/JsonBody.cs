using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Routing;

/// <summary>Reads JSON bodies.</summary>
internal static partial class JsonBody
{
    /// <summary>Reads a body whole.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>, <c>unsupported_media_type</c>.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> json, CancellationToken cancel)
        where T : class
    {
        if (!IsJson(request.ContentType))
            throw new ServerlessException(ProblemCodes.UnsupportedMediaType,
                $"The body's type is {Shown.Quote(request.ContentType ?? "")}; this route reads 'application/json' in UTF-8.", "Send 'Content-Type: application/json'.");
        try
        {
            var value = JsonSerializer.Deserialize((await ReadWholeAsync(request, cancel)).Span, json) ?? throw Wrong("$", "The body is null.");
            return MissingMembers.Find(value, json) is { Count: > 0 } missing ? throw Fail.Invalid(missing) : value;
        }
        catch (JsonException error)
        {
            throw Wrong(error.Path is { Length: > 0 } path ? path : "$", Describe(error));
        }
    }

    /// <summary>Whole, because the reader of streams lets a null pass that the reader of memory refuses; the route's limit bounds it.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadWholeAsync(HttpRequest request, CancellationToken cancel)
    {
        var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(buffer, cancel);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static ServerlessException Wrong(string path, string message) =>
        Fail.Invalid(path, message, "Send the body as /openapi/v1.json describes it.");

    private static string Describe(JsonException error)
    {
        var text = error.Message;
        var place = text.IndexOf(" Path: ", StringComparison.Ordinal);
        // What the reader says of a wrong value names our types, which the caller does not have.
        var what = text.StartsWith("The JSON value could not be converted to", StringComparison.Ordinal)
            ? "The value is not of the kind that belongs here."
            : Shown.Quote(TypeNames().Replace((place < 0 ? text : text[..place]).Replace('\'', '"'), ""), 300)[1..^1];
        return error.LineNumber is { } line ? $"The JSON cannot be read at line {line + 1}, byte {error.BytePositionInLine + 1}: {what}" : $"The JSON cannot be read: {what}";
    }

    [GeneratedRegex(" (?:encountered during deserialization of|for|of|on) type \"[^\"]+\"| Consider updating its nullability annotation\\.")]
    private static partial Regex TypeNames();
}
