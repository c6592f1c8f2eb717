using System.Runtime.InteropServices;
using System.Text;

namespace Serverless.Onnx.Graphs;

/// <summary>A tensor with its data (<c>TensorProto</c>).</summary>
public sealed record OnnxTensor
{
    /// <summary>Its name; may be empty in an attribute.</summary>
    public string Name { get; init; } = "";

    /// <summary>The type of its elements.</summary>
    public required ElementType Element { get; init; }

    /// <summary>Its dimensions; empty for a scalar.</summary>
    public IReadOnlyList<long> Dims { get; init; } = [];

    /// <summary>The elements, little-endian, row by row. Empty for text and for data outside the file.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The elements of a tensor of text, as UTF-8.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Strings { get; init; } = [];

    /// <summary>Where the data lies outside the file, as key and value; null when it lies inside.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? External { get; init; }

    /// <summary>What was wrong with how the data was stored; null when nothing was.</summary>
    internal string? Defect { get; init; }

    /// <summary>The tensor's type.</summary>
    public TensorType Type => new(Element, [.. Dims.Select(size => (Dimension)size)]);

    /// <summary>A tensor of numbers.</summary>
    /// <param name="values">The elements, row by row.</param>
    /// <param name="dims">The dimensions; their product is the number of elements.</param>
    public static OnnxTensor Of(ReadOnlySpan<float> values, params ReadOnlySpan<long> dims) => Raw(ElementType.Float, MemoryMarshal.AsBytes(values), values.Length, dims);

    /// <inheritdoc cref="Of(ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public static OnnxTensor Of(ReadOnlySpan<double> values, params ReadOnlySpan<long> dims) => Raw(ElementType.Double, MemoryMarshal.AsBytes(values), values.Length, dims);

    /// <inheritdoc cref="Of(ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public static OnnxTensor Of(ReadOnlySpan<long> values, params ReadOnlySpan<long> dims) => Raw(ElementType.Int64, MemoryMarshal.AsBytes(values), values.Length, dims);

    /// <inheritdoc cref="Of(ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public static OnnxTensor Of(ReadOnlySpan<int> values, params ReadOnlySpan<long> dims) => Raw(ElementType.Int32, MemoryMarshal.AsBytes(values), values.Length, dims);

    /// <inheritdoc cref="Of(ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public static OnnxTensor Of(ReadOnlySpan<bool> values, params ReadOnlySpan<long> dims) => Raw(ElementType.Bool, MemoryMarshal.AsBytes(values), values.Length, dims);

    /// <summary>A tensor of text.</summary>
    public static OnnxTensor Of(IReadOnlyList<string> values, params ReadOnlySpan<long> dims)
    {
        Require(values.Count, dims);
        return new() { Element = ElementType.String, Dims = dims.ToArray(), Strings = [.. values.Select(value => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(value))] };
    }

    /// <summary>The elements of a tensor of 64-bit or 32-bit integers; null when it is of another type or its data is not whole.</summary>
    public IReadOnlyList<long>? AsIntegers() => Element switch
    {
        ElementType.Int64 when Data.Length % 8 == 0 => MemoryMarshal.Cast<byte, long>(Data.Span).ToArray(),
        ElementType.Int32 when Data.Length % 4 == 0 => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(Data.Span).ToArray(), value => (long)value),
        _ => null,
    };

    /// <summary>The number of elements that the dimensions say; null when one is negative or the product overflows.</summary>
    public static long? CountOf(IReadOnlyList<long> dims)
    {
        long count = 1;
        var zero = false;
        foreach (var size in dims)
        {
            if (size < 0 || (size > 0 && count > long.MaxValue / size))
                return null;
            zero |= size == 0;
            count *= Math.Max(size, 1);
        }

        return zero ? 0 : count;
    }

    private static OnnxTensor Raw(ElementType element, ReadOnlySpan<byte> data, int count, ReadOnlySpan<long> dims)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("ONNX data is little-endian, and this machine is not. Write the model on a little-endian machine.");
        Require(count, dims);
        return new() { Element = element, Dims = dims.ToArray(), Data = data.ToArray() };
    }

    private static void Require(int count, ReadOnlySpan<long> dims)
    {
        if (CountOf(dims.ToArray()) != count)
            throw new ArgumentException($"{count} elements do not fill the shape [{string.Join(", ", dims.ToArray())}]. Give as many as the product of the dimensions.", nameof(dims));
    }
}
