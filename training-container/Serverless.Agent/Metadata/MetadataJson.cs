using System.Text.Json;

namespace Serverless.Agent.Metadata;

/// <summary>Members of the service's documents.</summary>
internal static class MetadataJson
{
    /// <summary>A text that must be there.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    public static string Required(JsonElement element, string name) =>
        Optional(element, name) is { Length: > 0 } text ? text : throw new JsonException($"The member '{name}' is missing.");

    /// <summary>A text, or null.</summary>
    public static string? Optional(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
