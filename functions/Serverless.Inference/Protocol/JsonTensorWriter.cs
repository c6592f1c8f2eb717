using System.Text.Json;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Protocol;

/// <summary>Writes elements of a tensor as JSON. What JSON has no number for is written as the texts NaN, Infinity and -Infinity.</summary>
internal static class JsonTensorWriter
{
    /// <summary>Writes some elements as members of an array that is open.</summary>
    public static void Write(Utf8JsonWriter writer, OutputTensor tensor, int start, int count)
    {
        switch (tensor.Type)
        {
            case ElementType.Float32:
                foreach (var value in tensor.Values<float>().Slice(start, count))
                    WriteSingle(writer, value);
                break;
            case ElementType.Float64:
                foreach (var value in tensor.Values<double>().Slice(start, count))
                    WriteDouble(writer, value);
                break;
            case ElementType.Int64:
                foreach (var value in tensor.Values<long>().Slice(start, count))
                    writer.WriteNumberValue(value);
                break;
            default:
                for (var i = start; i < start + count; i++)
                    WriteOne(writer, tensor, i);
                break;
        }
    }

    /// <summary>Writes one element.</summary>
    public static void WriteOne(Utf8JsonWriter writer, OutputTensor tensor, int index)
    {
        switch (tensor.Type)
        {
            case ElementType.Text:
                writer.WriteStringValue(tensor.Text(index));
                break;
            case ElementType.Float32:
                WriteSingle(writer, tensor.Values<float>()[index]);
                break;
            case ElementType.Float64:
                WriteDouble(writer, tensor.Values<double>()[index]);
                break;
            case ElementType.Float16:
                WriteSingle(writer, (float)tensor.Values<Half>()[index]);
                break;
            case ElementType.Bool:
                writer.WriteBooleanValue(tensor.Values<byte>()[index] != 0);
                break;
            case ElementType.UInt64:
                writer.WriteNumberValue(tensor.Values<ulong>()[index]);
                break;
            default:
                writer.WriteNumberValue(Whole(tensor, index));
                break;
        }
    }

    /// <summary>An element of an integer type of at most 64 bits with sign.</summary>
    public static long Whole(OutputTensor tensor, int index) => tensor.Type switch
    {
        ElementType.Int64 => tensor.Values<long>()[index],
        ElementType.Int32 => tensor.Values<int>()[index],
        ElementType.Int16 => tensor.Values<short>()[index],
        ElementType.Int8 => tensor.Values<sbyte>()[index],
        ElementType.UInt32 => tensor.Values<uint>()[index],
        ElementType.UInt16 => tensor.Values<ushort>()[index],
        ElementType.UInt8 => tensor.Values<byte>()[index],
        _ => throw new ArgumentOutOfRangeException(nameof(tensor), tensor.Type, null),
    };

    private static void WriteSingle(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(Named(value));
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(Named(value));
    }

    private static ReadOnlySpan<byte> Named(double value) => double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8;
}
