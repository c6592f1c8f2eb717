using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Infra.Compute.Arm;

/// <summary>
/// Cuts what Resource Manager says of scale sets and their machines down to what we read. The client's own reader takes every member apart and throws for one that it does not understand, such as the
/// type of an extension: a single set of somebody else in the resource group would keep all of ours from being listed.
/// </summary>
internal sealed class LeanAnswers : HttpPipelinePolicy
{
    private static readonly HashSet<string> Members = new(StringComparer.OrdinalIgnoreCase) { "id", "name", "type", "location", "tags", "sku", "instanceId", "properties" };
    private static readonly HashSet<string> Properties = new(StringComparer.OrdinalIgnoreCase) { "provisioningState", "timeCreated", "vmId" };
    private static readonly HashSet<string> Sku = new(StringComparer.OrdinalIgnoreCase) { "name", "tier", "capacity" };

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        Cut(message);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        Cut(message);
    }

    private static void Cut(HttpMessage message)
    {
        var response = message.Response;
        var path = message.Request.Uri.ToUri().AbsolutePath;
        if (response.IsError || response.ContentStream is not { Length: > 0 } content || !path.Contains("/virtualMachineScaleSets", StringComparison.OrdinalIgnoreCase))
            return;
        try
        {
            response.ContentStream = new MemoryStream(Cut(content, path));
        }
        catch (JsonException failed)
        {
            // Status 0: as an answer that did not come.
            throw new RequestFailedException(0, $"The answer with status {response.Status} is no JSON.", failed);
        }
    }

    private static byte[] Cut(Stream content, string path)
    {
        content.Position = 0;
        var answer = JsonNode.Parse(content);
        if (answer is JsonObject page && page["value"] is JsonArray items)
        {
            foreach (var item in items)
                CutOne(item);
        }
        else
        {
            CutOne(answer);
            if (answer is JsonObject one)
                one["id"] ??= path; // the specification does not require it, and the client cannot do without
        }

        using var lean = new MemoryStream();
        using (var writer = new Utf8JsonWriter(lean))
            answer?.WriteTo(writer);
        return lean.ToArray();
    }

    private static void CutOne(JsonNode? one)
    {
        Keep(one, Members);
        Keep(one?["properties"], Properties);
        Keep(one?["sku"], Sku);
    }

    private static void Keep(JsonNode? node, HashSet<string> members)
    {
        if (node is not JsonObject found)
            return;
        foreach (var name in found.Select(member => member.Key).Where(name => !members.Contains(name)).ToList())
            found.Remove(name);
    }
}
