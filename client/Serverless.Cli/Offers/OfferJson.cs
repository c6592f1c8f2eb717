using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Cli.Offers;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 16)]
[JsonSerializable(typeof(RetailPage))]
[JsonSerializable(typeof(PriceChanges))]
internal sealed partial class OfferJson : JsonSerializerContext;
