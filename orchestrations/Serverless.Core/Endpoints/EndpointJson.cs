using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Contracts.Endpoints;

namespace Serverless.Core.Endpoints;

/// <summary>How endpoints and deployments are stored. Members are added, as optional ones; they are never renamed or given another meaning. Those with a default of their own are <c>set</c>, not <c>init</c>: see <see cref="Contracts.Wire.ContractsJson"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EndpointRecord))]
[JsonSerializable(typeof(Deployment))]
public sealed partial class EndpointJson : JsonSerializerContext;
