using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Core.Uploads;

/// <summary>How uploads are stored. Members are added, as optional ones.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadRecord))]
[JsonSerializable(typeof(UploadSweepState))]
public sealed partial class UploadJson : JsonSerializerContext;
