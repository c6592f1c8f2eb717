using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Serverless.Core.Names;
using Serverless.Inference.Protocol;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Rows;

/// <summary>Reads rows as JSON, <c>{"rows": [{…}, …]}</c> or a bare array of objects, straight into a call's buffers.</summary>
internal ref struct JsonRowReader
{
    private readonly RowInputs inputs;
    private readonly RequestErrors errors;
    private readonly int maxRows;
    private readonly int[] usualOrder;
    private readonly bool[] seen;
    private int rows;

    private JsonRowReader(RowInputs inputs, int maxRows, RequestErrors errors)
    {
        (this.inputs, this.maxRows, this.errors) = (inputs, maxRows, errors);
        usualOrder = [.. Enumerable.Range(0, inputs.Count)];
        seen = new bool[inputs.Count];
    }

    /// <summary>Reads rows.</summary>
    /// <returns>How many.</returns>
    public static int Read(ReadOnlySpan<byte> json, RowInputs inputs, int maxRows, RequestErrors errors)
    {
        var rows = new JsonRowReader(inputs, maxRows, errors);
        if (!BodyText.TryUtf8(ref json, errors))
            return 0;
        var reader = new Utf8JsonReader(json);
        try
        {
            rows.ReadBody(ref reader);
        }
        catch (JsonException failure)
        {
            errors.Add("body", $"The body is not JSON: {failure.Message}", "Send valid JSON; a missing value as null.");
        }
        catch (InvalidOperationException)
        {
            errors.Add("body", $"The body has a text that is no Unicode, such as a lone surrogate, before the byte {reader.BytesConsumed}.", "Send whole characters.");
        }

        return rows.rows;
    }

    private void ReadBody(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            ReadRows(ref reader);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            var found = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!reader.ValueTextEquals("rows"u8))
                {
                    errors.Add("body", $"The body has the member {Shown.Quote(reader.GetString()!)}.", "Give the rows as {\"rows\": [{…}]}, or as an array.");
                    reader.Skip();
                }
                else if (found)
                {
                    errors.Add("rows", "The member 'rows' is there twice.", "Leave one of them out.");
                    reader.Skip();
                }
                else
                {
                    found = true;
                    reader.Read();
                    ReadRows(ref reader);
                }
            }

            if (!found)
                errors.Add("rows", "The body has no rows.", "Give the rows as {\"rows\": [{…}]}, or as an array.");
        }
        else
        {
            errors.Add("body", "The body is neither an object with rows nor an array of rows.", "Give the rows as {\"rows\": [{…}]}, or as an array.");
        }

        reader.Read();
        if (rows == 0 && !errors.Any)
            errors.Add("rows", "There are no rows.", "Send at least one row.");
    }

    private void ReadRows(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            errors.Add("rows", "The rows are not an array.", "Give an array of objects.");
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (rows == maxRows)
            {
                errors.Add("rows", $"There are more than {maxRows} rows, the limit.", "Send the rows in several calls.");
                maxRowsSaid = true;
            }

            if (maxRowsSaid || reader.TokenType != JsonTokenType.StartObject)
            {
                if (!maxRowsSaid)
                    errors.Add(Path(null), "The row is not an object.", "Give each row as an object: column name to value.");
                reader.Skip();
                if (maxRowsSaid)
                {
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                        reader.Skip();
                    return;
                }
            }
            else
            {
                ReadRow(ref reader);
            }

            rows++;
        }
    }

    private bool maxRowsSaid;

    private void ReadRow(ref Utf8JsonReader reader)
    {
        Array.Clear(seen);
        for (var place = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; place++)
        {
            var column = FindColumn(ref reader, place);
            if (column < 0)
            {
                var name = reader.GetString()!;
                errors.Add(Path(name), $"The model has no column {Shown.Quote(name)}.", "Leave it out; GET /v2/models/{name} lists the columns.");
                reader.Skip();
            }
            else if (seen[column])
            {
                errors.Add(Path(inputs.Port(column).Name), $"The column {Shown.Quote(inputs.Port(column).Name)} is there twice in this row.", "Leave one of them out.");
                reader.Skip();
            }
            else
            {
                seen[column] = true;
                reader.Read();
                ReadCell(ref reader, inputs.Port(column), inputs.Buffer(column));
            }
        }

        for (var column = 0; column < seen.Length; column++)
        {
            if (!seen[column])
                errors.Add(Path(inputs.Port(column).Name), $"The column {Shown.Quote(inputs.Port(column).Name)} is missing.", "Give it, as null when its value is missing.");
        }
    }

    /// <summary>Rows mostly have their columns in one order: the one of the row before is tried first.</summary>
    private readonly int FindColumn(ref Utf8JsonReader reader, int place)
    {
        if (place < usualOrder.Length && reader.ValueTextEquals(inputs.Port(usualOrder[place]).NameUtf8))
            return usualOrder[place];
        var column = inputs.Find(reader.GetString()!);
        if (column >= 0 && place < usualOrder.Length)
            usualOrder[place] = column;
        return column;
    }

    private readonly void ReadCell(ref Utf8JsonReader reader, TensorPort port, TensorBuffer buffer)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject || port.RowElements != 1)
        {
            ReadArray(ref reader, port, buffer);
            return;
        }

        if (!TryAddCell(ref reader, port.Type, buffer))
            Unfit(ref reader, port);
    }

    private static bool TryAddCell(ref Utf8JsonReader reader, ElementType type, TensorBuffer buffer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when type != ElementType.Text:
                return !reader.ValueIsEscaped && CellText.TryAdd(reader.ValueSpan, type, buffer);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when type == ElementType.Text:
                buffer.AddText(reader.ValueSpan);
                return true;
            case JsonTokenType.True or JsonTokenType.False when type != ElementType.Bool:
                return CellText.TryAdd(reader.TokenType == JsonTokenType.True ? "1"u8 : "0"u8, type, buffer);
            default:
                return JsonValues.TryAdd(ref reader, type, buffer);
        }
    }

    private readonly void ReadArray(ref Utf8JsonReader reader, TensorPort port, TensorBuffer buffer)
    {
        var start = reader;
        var before = buffer.Count;
        var good = reader.TokenType == JsonTokenType.StartArray;
        var depth = reader.CurrentDepth;
        while (good && reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray)
                continue;
            good = buffer.Count - before < port.RowElements && JsonValues.TryAdd(ref reader, port.Type, buffer);
        }

        if (good && buffer.Count - before == port.RowElements)
            return;
        reader = start;
        reader.Skip();
        var wanted = port.RowElements == 1 ? "one value" : $"an array of {port.RowElements} values";
        errors.Add(Path(port.Name), $"The column {Shown.Quote(port.Name)} takes {wanted} of {ElementTypes.Name(port.Type)} a row.", $"Give {wanted}.");
    }

    private readonly void Unfit(ref Utf8JsonReader reader, TensorPort port)
    {
        var isText = Utf8.IsValid(reader.ValueSpan);
        var shown = isText ? Shown.Quote(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 64)]), 40) : "that is not UTF-8";
        var cure = reader.TokenType == JsonTokenType.Null ? "This column has no missing values; give one." : $"Give a value of {ElementTypes.Name(port.Type)} within its range{(ElementTypes.TakesMissing(port.Type) ? ", or null when it is missing" : "")}.";
        errors.Add(Path(port.Name), $"The value {shown} of the column {Shown.Quote(port.Name)} is no {ElementTypes.Name(port.Type)}, or does not fit into it.", cure);
    }

    private readonly string Path(string? column) => string.Create(CultureInfo.InvariantCulture, $"rows[{rows}]{(column is null ? "" : ".")}{column}");
}
