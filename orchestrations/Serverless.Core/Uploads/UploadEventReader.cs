using System.Text.Json;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Core.Uploads;

/// <summary>
/// Reads what Event Grid delivers: an event or a list of events, in its own schema (<c>eventType</c>) or in that of CloudEvents 1.0 (<c>specversion</c>, <c>type</c>), both with the blob
/// in <c>subject</c>. Events that are not about a new blob are passed over; what is no event at all is an error, so that its message ends among the dead ones and is seen.
/// </summary>
public static class UploadEventReader
{
    /// <summary>Most bytes of a message: what Service Bus's standard tier takes in one.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Most events of a message; Event Grid delivers one to a queue.</summary>
    public const int MaxEvents = 100;

    private const string Created = "Microsoft.Storage.BlobCreated";
    private const string Containers = "/blobServices/default/containers/";
    private const string Blobs = "/blobs/";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>The events about new blobs.</summary>
    /// <exception cref="ServerlessException"><c>too_large</c>, <c>invalid_input</c>; no retry helps.</exception>
    public static IReadOnlyList<UploadEvent> Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBytes)
            throw new ServerlessException(ProblemCodes.TooLarge, $"The message of an upload has {body.Length:N0} bytes; the limit is {MaxBytes:N0}.", "Send events as Event Grid does; the blob itself is not part of them.");
        try
        {
            using var json = JsonDocument.Parse(body, Options);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Array)
                return Read(root) is { } one ? [one] : [];
            return root.GetArrayLength() <= MaxEvents
                ? [.. root.EnumerateArray().Select(Read).OfType<UploadEvent>()]
                : throw Wrong($"It has {root.GetArrayLength()} events; the limit is {MaxEvents}.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or System.Text.DecoderFallbackException)
        {
            throw Wrong("It is not JSON.");
        }
    }

    private static UploadEvent? Read(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object)
            throw Wrong("An event is not an object.");
        var type = Text(one, "eventType") ?? (Text(one, "specversion") == "1.0" ? Text(one, "type") : null)
            ?? throw Wrong("It has neither 'eventType' nor 'specversion' 1.0 with 'type'.");
        return string.Equals(type, Created, StringComparison.Ordinal) ? Blob(Text(one, "subject") ?? throw Wrong("It has no 'subject'.")) : null;
    }

    private static UploadEvent Blob(string subject)
    {
        var end = subject.StartsWith(Containers, StringComparison.Ordinal) ? subject.IndexOf(Blobs, Containers.Length, StringComparison.Ordinal) : -1;
        if (end <= Containers.Length || end + Blobs.Length == subject.Length)
            throw Wrong($"Its subject is not '{Containers}NAME{Blobs}PATH'.");
        return new UploadEvent(subject[Containers.Length..end], subject[(end + Blobs.Length)..]);
    }

    private static string? Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ServerlessException Wrong(string why) =>
        Fail.Invalid("event", $"The message is not an event of Event Grid: {why}", "Subscribe the queue to the storage account's events, in Event Grid's schema or CloudEvents 1.0.");
}
