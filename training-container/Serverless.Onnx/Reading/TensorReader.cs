using System.Buffers.Binary;
using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Reading;

/// <summary>Reads tensors. Lists of numbers are turned into raw data, so that all tensors look alike afterwards.</summary>
internal static class TensorReader
{
    public static OnnxTensor Read(ReadOnlyMemory<byte> bytes, ReadBudget budget, string place)
    {
        var name = "";
        var element = ElementType.Undefined;
        List<long> dims = [], int32 = [], int64 = [], uint64 = [];
        List<ReadOnlyMemory<byte>> floats = [], doubles = [], strings = [];
        List<KeyValuePair<string, string>> external = [];
        ReadOnlyMemory<byte>? raw = null;
        var outside = false;
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: fields.Ints(dims); break;
                case 2: element = (ElementType)Math.Clamp(fields.Int(), -1, 1000); break;
                case 4: fields.Fixed(floats, 4); break;
                case 5: fields.Ints(int32); break;
                case 6: strings.Add(fields.Bytes()); break;
                case 7: fields.Ints(int64); break;
                case 8: name = fields.Text(); break;
                case 9: raw = fields.Bytes(); break;
                case 10: fields.Fixed(doubles, 8); break;
                case 11: fields.Ints(uint64); break;
                case 13: external.Add(PairReader.Read(fields.Bytes(), budget, place)); break;
                case 14: outside = fields.Int() == 1; break;
                default: fields.Skip(); break;
            }

        var stores = new[] { raw is { Length: > 0 }, floats.Count > 0, int32.Count > 0, strings.Count > 0, int64.Count > 0, doubles.Count > 0, uint64.Count > 0 };
        var (data, fits) = raw is { Length: > 0 } ? (raw.Value, element != ElementType.String)
            : floats.Count > 0 ? (Join(floats), element is ElementType.Float or ElementType.Complex64)
            : doubles.Count > 0 ? (Join(doubles), element is ElementType.Double or ElementType.Complex128)
            : int64.Count > 0 ? (Pack(int64, 64), element == ElementType.Int64)
            : uint64.Count > 0 ? (Pack(uint64, ElementTypes.BitsOf(element)), element is ElementType.UInt32 or ElementType.UInt64)
            : int32.Count > 0 ? (Pack(int32, Math.Max(8, ElementTypes.BitsOf(element))), InInt32(element))
            : (ReadOnlyMemory<byte>.Empty, true);
        var defect = stores.Count(store => store) > 1 ? "its data is stored in several ways at once" : !fits ? $"its data is stored in a list that {element} does not use" : null;
        return new() { Name = name, Element = element, Dims = dims, Data = data, Strings = strings, External = outside || external.Count > 0 ? external : null, Defect = defect };
    }

    public static OnnxSparseTensor ReadSparse(ReadOnlyMemory<byte> bytes, ReadBudget budget, string place)
    {
        OnnxTensor? values = null, indices = null;
        List<long> dims = [];
        var fields = new WireCursor(bytes, budget, place);
        while (fields.Next())
            switch (fields.Field)
            {
                case 1: values = Read(fields.Bytes(), budget, place + ".values"); break;
                case 2: indices = Read(fields.Bytes(), budget, place + ".indices"); break;
                case 3: fields.Ints(dims); break;
                default: fields.Skip(); break;
            }

        return values is not null && indices is not null ? new(values, indices, dims)
            : throw new MalformedModelException(OnnxFindingCode.Malformed, place, "a sparse tensor has no values or no indices", "The file is damaged. Export it again.");
    }

    private static bool InInt32(ElementType element) => ElementTypes.BitsOf(element) is > 0 and <= 16 || element == ElementType.Int32;

    private static ReadOnlyMemory<byte> Join(List<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count == 1)
            return parts[0];
        var joined = new byte[parts.Sum(part => part.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(joined.AsSpan(at));
            at += part.Length;
        }

        return joined;
    }

    private static byte[] Pack(List<long> values, int bits)
    {
        var width = Math.Clamp(bits / 8, 1, 8);
        var packed = new byte[values.Count * width];
        Span<byte> whole = stackalloc byte[8];
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(whole, values[i]);
            whole[..width].CopyTo(packed.AsSpan(i * width));
        }

        return packed;
    }
}
