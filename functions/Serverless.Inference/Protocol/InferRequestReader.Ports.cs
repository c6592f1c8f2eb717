using System.Text.Json;
using Serverless.Core.Names;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Protocol;

/// <summary>What is said of one input or output: its name, type, shape and parameters.</summary>
internal ref partial struct InferRequestReader
{
    /// <summary>The place of the port that is named; −1 when there is none, or it was named before.</summary>
    private readonly int ReadName(ref Utf8JsonReader reader, string path, IReadOnlyList<TensorPort> ports, bool[] named, string what)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            Wrong(ref reader, $"{path}.name", "a text");
            return -1;
        }

        for (var i = 0; i < ports.Count; i++)
        {
            if (!reader.ValueTextEquals(ports[i].NameUtf8))
                continue;
            if (named[i])
                errors.Add($"{path}.name", $"The {what} '{ports[i].Name}' is there twice.", "Leave one of them out.");
            else
                named[i] = true;
            return i;
        }

        errors.Add($"{path}.name", $"The model has no {what} {Shown.Quote(reader.GetString()!)}.", $"Its {what}s are: {Names(ports)}.");
        return -1;
    }

    private readonly ElementType ReadType(ref Utf8JsonReader reader, string path)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            for (var type = ElementType.Float32; type <= ElementType.UInt64; type++)
            {
                if (reader.ValueTextEquals(ElementTypes.Name(type)))
                    return type;
            }

            errors.Add($"{path}.datatype", $"The datatype {Shown.Quote(reader.GetString()!)} is not known.", "Use BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, FP32, FP64 or BYTES.");
            return ElementType.None;
        }

        Wrong(ref reader, $"{path}.datatype", "a text");
        return ElementType.None;
    }

    private readonly int ReadShape(scoped ref Utf8JsonReader reader, string path, scoped Span<long> shape)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Wrong(ref reader, $"{path}.shape", "an array of whole numbers");
            return -2;
        }

        var rank = 0;
        var good = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || rank == shape.Length || !reader.TryGetInt64(out var dimension))
            {
                good = false;
                reader.Skip();
                continue;
            }

            shape[rank++] = dimension;
        }

        if (good)
            return rank;
        errors.Add($"{path}.shape", $"The shape is not an array of at most {shape.Length} whole numbers.", "Give a shape such as [1, 4].");
        return -2;
    }

    /// <summary>What the parameters say of binary data: as an output, and as an input its length.</summary>
    private readonly bool? ReadParameters(ref Utf8JsonReader reader, string path, out long binarySize)
    {
        binarySize = -1;
        bool? asBinary = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Wrong(ref reader, path, "an object");
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("binary_data"u8) || reader.ValueTextEquals("binary_data_output"u8))
            {
                reader.Read();
                if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
                    asBinary = reader.TokenType == JsonTokenType.True;
                else
                    Wrong(ref reader, $"{path}.binary_data", "true or false");
            }
            else if (reader.ValueTextEquals("binary_data_size"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out binarySize) || binarySize < 0)
                {
                    Wrong(ref reader, $"{path}.binary_data_size", "a whole number of 0 or more");
                    binarySize = 0;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return asBinary;
    }
}
