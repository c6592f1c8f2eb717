using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Contracts.Prices;

/// <summary>How the price file is written: a file of ours, not a message.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    AllowDuplicateProperties = false, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<PricedSize>), TypeInfoPropertyName = "PriceRows")]
internal sealed partial class PricesJson : JsonSerializerContext;
