using System.Text.Json;

namespace Serverless.Functions.Durable;

/// <summary>JSON as Durable's converters take and give it: elements, so that histories hold the JSON itself and not a text of it.</summary>
internal static class Wire
{
    public static JsonElement Element(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    public static string Text(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? "null" : element.GetRawText();
}
