using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Core.Workflows;

namespace Serverless.Durable.Histories;

/// <summary>The JSON context of what the store keeps.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(WorkflowFailure))]
[JsonSerializable(typeof(List<EventCame>))]
internal sealed partial class HistoryContext : JsonSerializerContext;
