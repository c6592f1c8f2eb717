using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Studies;

/// <summary>The one JSON form of spaces and studies. Numbers are written so that they read back exactly; those that JSON has not are texts.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(SpaceDescription))]
[JsonSerializable(typeof(StudyState))]
[JsonSerializable(typeof(StudyDelta))]
public sealed partial class StudyJson : JsonSerializerContext;
