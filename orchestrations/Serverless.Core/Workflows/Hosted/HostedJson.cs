using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Serverless.Core.Workflows.Hosted;

/// <summary>How the messages between runs, functions and clients are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HostedStart))]
[JsonSerializable(typeof(HostedMessage))]
[JsonSerializable(typeof(HostedCall))]
[JsonSerializable(typeof(HostedLook))]
[JsonSerializable(typeof(HostedAnswer))]
[JsonSerializable(typeof(HostedStatus))]
[JsonSerializable(typeof(HostedPending))]
[JsonSerializable(typeof(WorkflowFailure))]
internal sealed partial class HostedJson : JsonSerializerContext
{
    /// <summary>Reads what a foreign hand may have written: null when it is not of this kind.</summary>
    public static T? TryRead<T>(string? json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads what we wrote.</summary>
    public static T Read<T>(string json, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The message is null.");
}
