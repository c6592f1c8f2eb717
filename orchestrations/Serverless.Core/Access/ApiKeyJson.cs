using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Core.Access;

/// <summary>How keys are stored. Members are added, as optional ones; they are never renamed or given another meaning.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiKeyRecord))]
public sealed partial class ApiKeyJson : JsonSerializerContext;
