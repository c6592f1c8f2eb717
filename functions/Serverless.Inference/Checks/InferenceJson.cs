using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Core.Endpoints;

namespace Serverless.Inference.Checks;

/// <summary>The JSON context of what the check's process says.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 16)]
[JsonSerializable(typeof(ModelCheck))]
internal sealed partial class InferenceJson : JsonSerializerContext;
