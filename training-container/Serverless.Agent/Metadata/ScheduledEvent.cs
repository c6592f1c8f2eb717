using System.Globalization;
using System.Text.Json;

namespace Serverless.Agent.Metadata;

/// <summary>Something that will happen to machines.</summary>
/// <param name="Id">Its id, for the acknowledgement.</param>
/// <param name="Kind">What: <c>Freeze</c>, <c>Reboot</c>, <c>Redeploy</c>, <c>Preempt</c>, <c>Terminate</c>; later versions may have others.</param>
/// <param name="Resources">The names of the machines.</param>
/// <param name="NotBefore">The earliest time; null: it happens now.</param>
internal sealed record ScheduledEvent(string Id, string Kind, IReadOnlyList<string> Resources, DateTimeOffset? NotBefore)
{
    /// <summary>Reads the service's document (version 2020-07-01).</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static IReadOnlyList<ScheduledEvent> ParseAll(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("Events", out var events) && events.ValueKind == JsonValueKind.Array
            ? [.. events.EnumerateArray().Select(Parse)]
            : throw new JsonException("The document has no events.");
    }

    private static ScheduledEvent Parse(JsonElement element) => new(
        MetadataJson.Required(element, "EventId"),
        MetadataJson.Required(element, "EventType"),
        element.TryGetProperty("Resources", out var resources) && resources.ValueKind == JsonValueKind.Array
            ? [.. resources.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)]
            : [],
        // RFC 1123, and empty once the event has begun.
        MetadataJson.Optional(element, "NotBefore") is { Length: > 0 } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null);
}
