using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Core.Studies;

/// <summary>How studies are stored. Members are added, as optional ones; they are never renamed or given another meaning. Those with a default of their own are <c>set</c>, not <c>init</c>: see <see cref="Contracts.Wire.ContractsJson"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(StudyRecord))]
public sealed partial class StudyRecordJson : JsonSerializerContext;
