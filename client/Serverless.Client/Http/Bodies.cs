using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Serverless.Client.Http;

/// <summary>Request bodies that can be made anew for each attempt.</summary>
internal static class Bodies
{
    /// <summary>A value as JSON.</summary>
    public static Func<HttpContent> Json<T>(T value, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        return () => Typed(new ByteArrayContent(bytes), "application/json");
    }

    /// <summary>A file, streamed.</summary>
    public static Func<HttpContent> File(string path) => () =>
        Typed(new FileBody(path), "application/octet-stream");

    /// <summary>Bytes of a type.</summary>
    public static Func<HttpContent> Bytes(ReadOnlyMemory<byte> bytes, string mediaType) => () =>
        Typed(new ReadOnlyMemoryContent(bytes), mediaType);

    private static HttpContent Typed(HttpContent content, string mediaType)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }
}
