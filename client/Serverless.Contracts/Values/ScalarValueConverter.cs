using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Contracts.Values;

/// <summary>Reads and writes a <see cref="ScalarValue"/> as the bare scalar.</summary>
public sealed class ScalarValueConverter : JsonConverter<ScalarValue>
{
    /// <inheritdoc/>
    public override ScalarValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new JsonException($"A value is a number, a text, true or false, and this is {reader.TokenType}. Write one scalar."),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ScalarValue value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
            writer.WriteNumberValue(number);
        else if (value.Flag is { } flag)
            writer.WriteBooleanValue(flag);
        else
            writer.WriteStringValue(value.Text ?? "");
    }
}
