using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Parity;

/// <summary>A tensor's elements as 64-bit numbers.</summary>
public static class TensorNumbers
{
    /// <summary>Reads them.</summary>
    /// <exception cref="NotSupportedException">They are text, complex, or smaller than 8 bits.</exception>
    public static double[] Read(OnnxTensor tensor)
    {
        var data = tensor.Data.Span;
        return tensor.Element switch
        {
            ElementType.Float => Each<float>(data, value => value),
            ElementType.Double => Each<double>(data, value => value),
            ElementType.Float16 => Each<Half>(data, value => (double)value),
            ElementType.BFloat16 => Each<ushort>(data, value => BitConverter.Int32BitsToSingle(value << 16)),
            ElementType.Int64 => Each<long>(data, value => value),
            ElementType.Int32 => Each<int>(data, value => value),
            ElementType.Int16 => Each<short>(data, value => value),
            ElementType.Int8 => Each<sbyte>(data, value => value),
            ElementType.UInt8 or ElementType.Bool => Each<byte>(data, value => value),
            _ => throw new NotSupportedException($"Elements of type {tensor.Element} in '{tensor.Name}' are no numbers that can be compared. Make the output a number."),
        };
    }

    /// <summary>Writes them as a tensor of a type; integers are rounded to the nearest.</summary>
    /// <exception cref="NotSupportedException">The type is none of those that are read.</exception>
    public static OnnxTensor Write(string name, ElementType element, IReadOnlyList<long> dims, ReadOnlySpan<double> values)
    {
        var size = ElementTypes.BitsOf(element) / 8;
        var data = new byte[values.Length * size];
        for (var i = 0; i < values.Length; i++)
            Put(data.AsSpan(i * size, size), element, values[i]);
        return new() { Name = name, Element = element, Dims = [.. dims], Data = data };
    }

    private static void Put(Span<byte> to, ElementType element, double value)
    {
        switch (element)
        {
            case ElementType.Float: BinaryPrimitives.WriteSingleLittleEndian(to, (float)value); break;
            case ElementType.Double: BinaryPrimitives.WriteDoubleLittleEndian(to, value); break;
            case ElementType.Float16: BinaryPrimitives.WriteHalfLittleEndian(to, (Half)value); break;
            case ElementType.BFloat16: BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)(BitConverter.SingleToInt32Bits((float)value) >> 16)); break;
            case ElementType.Int64: BinaryPrimitives.WriteInt64LittleEndian(to, (long)Math.Round(value)); break;
            case ElementType.Int32: BinaryPrimitives.WriteInt32LittleEndian(to, (int)Math.Round(value)); break;
            case ElementType.Int16: BinaryPrimitives.WriteInt16LittleEndian(to, (short)Math.Round(value)); break;
            case ElementType.Int8: to[0] = unchecked((byte)(sbyte)Math.Round(value)); break;
            case ElementType.UInt8: to[0] = (byte)Math.Round(value); break;
            case ElementType.Bool: to[0] = value != 0 ? (byte)1 : (byte)0; break;
            default: throw new NotSupportedException($"An input of type {element} cannot be made. Use floating point, integers or truth values.");
        }
    }

    private static double[] Each<T>(ReadOnlySpan<byte> data, Func<T, double> number)
        where T : unmanaged
    {
        var from = MemoryMarshal.Cast<byte, T>(data);
        var to = new double[from.Length];
        for (var i = 0; i < to.Length; i++)
            to[i] = number(from[i]);
        return to;
    }
}
