using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Serverless.Client.Tests.Fake;

/// <summary>What a fake host was asked.</summary>
internal sealed record FakeRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public T Read<T>(JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Body, type)!;
}
