using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Serverless.Client.Endpoints;

/// <summary>Rows to predict as the JSON of a <see cref="Contracts.Endpoints.PredictRequest"/>.</summary>
internal static class RowsJson
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<IReadOnlyDictionary<string, object?>> rows)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            foreach (var (column, value) in row)
            {
                json.WritePropertyName(column);
                Write(json, column, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string column, object? value)
    {
        switch (value)
        {
            case null:
            case double.NaN:
            case float.NaN:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case double or float when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                throw new ArgumentException($"The value of column '{column}' is {value}, which JSON cannot say. Give a finite number, or null for a missing value.");
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
                json.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"The value of column '{column}' is a {value.GetType().Name}. Give a number, a text, true, false or null.");
        }
    }
}
