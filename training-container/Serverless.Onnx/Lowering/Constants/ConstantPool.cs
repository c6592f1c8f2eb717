using System.Runtime.InteropServices;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Lowering.Constants;

/// <summary>The small constants of a graph: each is there once.</summary>
internal sealed class ConstantPool(GraphBuilder graph)
{
    private readonly Dictionary<string, GraphValue> known = new(StringComparer.Ordinal);

    /// <summary>A vector of 64-bit integers.</summary>
    public GraphValue Longs(params ReadOnlySpan<long> values) => Shared("ints", OnnxTensor.Of(values, values.Length));

    /// <summary>A single number of a type.</summary>
    public GraphValue Scalar(double value, ElementType element) => Shared("number", Of(value, element));

    /// <summary>A single integer of a type, exact also beyond 2⁵³.</summary>
    public GraphValue Scalar(long value, ElementType element) => Shared("number", element == ElementType.Int64 ? OnnxTensor.Of([value]) : Of(value, element));

    /// <summary>A constant that may be there already.</summary>
    public GraphValue Shared(string wish, OnnxTensor tensor)
    {
        var key = $"{tensor.Element}[{string.Join(',', tensor.Dims)}]{Convert.ToBase64String(tensor.Data.Span)}";
        if (!known.TryGetValue(key, out var value))
            known.Add(key, value = graph.Constant(wish, tensor));
        return value;
    }

    /// <summary>A tensor without dimensions. Numbers that the type cannot hold are cut off, as libtorch does.</summary>
    public static OnnxTensor Of(double value, ElementType element)
    {
        var bytes = element switch
        {
            ElementType.Float => Bytes((float)value),
            ElementType.Double => Bytes(value),
            ElementType.Float16 => Bytes((Half)value),
            ElementType.BFloat16 => Bytes((ushort)((BitConverter.SingleToUInt32Bits((float)value) + 0x7FFF + ((BitConverter.SingleToUInt32Bits((float)value) >> 16) & 1)) >> 16)),
            ElementType.Int64 => Bytes(Whole(value)),
            ElementType.Int32 => Bytes(unchecked((int)Whole(value))),
            ElementType.Int16 => Bytes(unchecked((short)Whole(value))),
            ElementType.Int8 => Bytes(unchecked((sbyte)Whole(value))),
            ElementType.UInt8 => Bytes(unchecked((byte)Whole(value))),
            ElementType.Bool => Bytes((byte)(value != 0 ? 1 : 0)),
            _ => throw new ArgumentOutOfRangeException(nameof(element), element, "Torch has no numbers of this type. Use one of RecordedElements."),
        };
        return new() { Element = element, Data = bytes };
    }

    private static long Whole(double value) => double.IsNaN(value) ? 0 : value >= long.MaxValue ? long.MaxValue : value <= long.MinValue ? long.MinValue : (long)value;

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();
}
