using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Core.Endpoints;

namespace Serverless.Api.EndpointHosts;

/// <summary>How the two apps write to each other.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelCheck))]
[JsonSerializable(typeof(SessionCount))]
internal sealed partial class EndpointHostJson : JsonSerializerContext;
