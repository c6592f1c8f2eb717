using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Core.Jobs;

/// <summary>How jobs are stored. Members are added, as optional ones; they are never renamed or given another meaning. Those with a default of their own are <c>set</c>, not <c>init</c>: see <see cref="Contracts.Wire.ContractsJson"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(JobRecord))]
public sealed partial class JobJson : JsonSerializerContext;
