using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Models;
using Serverless.Core.Compute;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Triggers;

namespace Serverless.Core.Wire;

/// <summary>The JSON context of everything that is stored. Members are added, as optional ones; they are never renamed or given another meaning. Those with a default of their own are <c>set</c>, not <c>init</c>: see <see cref="Contracts.Wire.ContractsJson"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(NodeRecord))]
[JsonSerializable(typeof(EndpointRecord))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(ModelVersion))]
[JsonSerializable(typeof(ModelNumbers))]
[JsonSerializable(typeof(DatasetVersion))]
[JsonSerializable(typeof(TriggerRecord))]
[JsonSerializable(typeof(TriggerFiring))]
public sealed partial class CoreJson : JsonSerializerContext;
