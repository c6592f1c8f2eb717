using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Core.Experiments;

/// <summary>How experiments are stored. Members are added, as optional ones; they are never renamed or given another meaning.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExperimentRecord))]
[JsonSerializable(typeof(NoteRecord))]
public sealed partial class ExperimentJson : JsonSerializerContext;
