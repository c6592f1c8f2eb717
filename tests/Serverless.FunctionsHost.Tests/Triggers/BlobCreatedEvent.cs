using System.Text.Json;

namespace Serverless.FunctionsHost.Tests.Triggers;

/// <summary>What Event Grid says when a blob was written. Source: the published schemas of Microsoft.Storage.BlobCreated and of CloudEvents 1.0.</summary>
internal static class BlobCreatedEvent
{
    /// <summary>In Event Grid's own schema.</summary>
    /// <param name="container">The blob's container.</param>
    /// <param name="blob">The blob's name.</param>
    public static string EventGrid(string container, string blob) => JsonSerializer.Serialize(new
    {
        id = $"event-{blob}",
        topic = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/account",
        subject = Subject(container, blob),
        eventType = "Microsoft.Storage.BlobCreated",
        eventTime = "2026-07-01T00:00:00Z",
        dataVersion = "",
        metadataVersion = "1",
        data = Facts(container, blob),
    });

    /// <summary>As a CloudEvent.</summary>
    /// <param name="container">The blob's container.</param>
    /// <param name="blob">The blob's name.</param>
    public static string CloudEvent(string container, string blob) => JsonSerializer.Serialize(new
    {
        specversion = "1.0",
        id = $"event-{blob}",
        source = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/account",
        subject = Subject(container, blob),
        type = "Microsoft.Storage.BlobCreated",
        time = "2026-07-01T00:00:00Z",
        data = Facts(container, blob),
    });

    private static string Subject(string container, string blob) => $"/blobServices/default/containers/{container}/blobs/{blob}";

    private static object Facts(string container, string blob) => new
    {
        api = "PutBlockList",
        clientRequestId = "6d79dbfb-0e37-4fc4-981f-442c9ca65760",
        eTag = "0x8D4BCC2E4835CD0",
        contentType = "text/csv",
        contentLength = 524_288,
        blobType = "BlockBlob",
        url = $"https://account.blob.core.windows.net/{container}/{blob}",
        sequencer = "00000000000004420000000000028963",
    };
}
