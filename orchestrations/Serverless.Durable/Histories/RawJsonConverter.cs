using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Durable.Histories;

/// <summary>Keeps a payload, which is JSON already, as the JSON that it is instead of as a string of it.</summary>
internal sealed class RawJsonConverter : JsonConverter<string>
{
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value, skipInputValidation: true);
}
