using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Contracts.Models;

namespace Serverless.Core.Models;

/// <summary>How models are stored. Members are added, as optional ones; they are never renamed or given another meaning. Those with a default of their own are <c>set</c>, not <c>init</c>: see <see cref="Contracts.Wire.ContractsJson"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(ModelNumbers))]
public sealed partial class ModelJson : JsonSerializerContext;
