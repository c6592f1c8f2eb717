using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Infra.Compute.Offers;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(List<AzureSize>))]
internal sealed partial class PriceJson : JsonSerializerContext;
