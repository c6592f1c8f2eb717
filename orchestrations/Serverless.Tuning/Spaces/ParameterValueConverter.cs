using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Tuning.Spaces;

/// <summary>A value as the bare JSON scalar.</summary>
internal sealed class ParameterValueConverter : JsonConverter<ParameterValue>
{
    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new JsonException($"A parameter's value must be a number, a text, true or false, but it is {reader.TokenType}. Write one scalar."),
    };

    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        switch (value.Kind)
        {
            case ValueKind.Number: writer.WriteNumberValue(value.Number); break;
            case ValueKind.Text: writer.WriteStringValue(value.Text); break;
            case ValueKind.Flag: writer.WriteBooleanValue(value.Number != 0); break;
            default: throw new JsonException($"A value has the unknown kind '{value.Kind}'. Make values from numbers, texts and truth values.");
        }
    }
}
