using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Checking;

/// <summary>Tensors: type, shape, data.</summary>
internal sealed class TensorRules(CheckOptions options, FindingList findings)
{
    private const int MaxRank = 64;

    public void Check(OnnxTensor tensor, string place)
    {
        var named = tensor.Name.Length > 0 ? $"{place} {FindingList.Quote(tensor.Name)}" : place;
        if (!ElementTypes.IsKnown(tensor.Element))
        {
            Bad(named, $"its elements have the type {(int)tensor.Element}, which is none", "Export it with a type of TensorProto.DataType.");
            return;
        }

        if (CountOf(tensor.Dims, named) is not { } count)
            return;
        if (tensor.External is { } external)
            ExternalDataRules.Check(external, tensor, count, named, options, findings);
        else if (tensor.Defect is { } defect)
            Bad(named, defect, "Export it again.");
        else if (tensor.Element == ElementType.String)
            WantCount(tensor.Strings.Count, count, tensor, named, "texts");
        else
            WantCount(tensor.Data.Length, BytesOf(tensor.Element, count), tensor, named, "bytes");
    }

    public void Check(OnnxSparseTensor sparse, string place)
    {
        Check(sparse.Values, place + ".values");
        Check(sparse.Indices, place + ".indices");
        if (CountOf(sparse.Dims, place) is not { } whole)
            return;
        if (Int128.CreateChecked(whole) * Math.Max(8, ElementTypes.BitsOf(sparse.Values.Element)) / 8 > options.MaxSparseBytes)
            Bad(place, $"the sparse tensor [{string.Join(", ", sparse.Dims)}] would fill more than {options.MaxSparseBytes} bytes", "Make it smaller.");
        if (sparse.Values.Dims.Count != 1 || sparse.Indices.Element != ElementType.Int64 || sparse.Indices.Dims.Count is not (1 or 2) || sparse.Indices.Dims[0] != sparse.Values.Dims[0]
            || (sparse.Indices.Dims.Count == 2 && sparse.Indices.Dims[1] != sparse.Dims.Count))
            Bad(place, $"its indices {sparse.Indices.Type} do not fit its values {sparse.Values.Type} and the shape [{string.Join(", ", sparse.Dims)}]", "Give one row of 64-bit indices for each value.");
        else if (sparse.Indices.External is null && sparse.Indices.AsIntegers() is { } indices)
            Indices(sparse, indices, whole, place);
    }

    private void Indices(OnnxSparseTensor sparse, IReadOnlyList<long> indices, long whole, string place)
    {
        var rank = sparse.Indices.Dims.Count == 2 ? sparse.Dims.Count : 1;
        for (var i = 0; i < indices.Count; i++)
            if (indices[i] < 0 || indices[i] >= (sparse.Indices.Dims.Count == 2 ? sparse.Dims[i % rank] : whole))
            {
                Bad(place, $"index {indices[i]} lies outside the shape [{string.Join(", ", sparse.Dims)}]", "Give indices inside the shape.");
                return;
            }
    }

    private long? CountOf(IReadOnlyList<long> dims, string place)
    {
        if (dims.Count <= MaxRank && OnnxTensor.CountOf(dims) is { } count)
            return count;
        var shown = string.Join(", ", dims.Take(8)) + (dims.Count > 8 ? ", …" : "");
        Bad(place, dims.Count > MaxRank ? $"it has {dims.Count} dimensions; the limit is {MaxRank}" : $"its shape [{shown}] has a negative size, or more elements than can be counted", "Export it again.");
        return null;
    }

    private void WantCount(long there, Int128 wanted, OnnxTensor tensor, string place, string unit)
    {
        if (there != wanted)
            Bad(place, $"its shape {tensor.Type} wants {wanted} {unit}, and it has {there}", "The file is cut off, damaged, or its exporter is wrong. Export it again.");
    }

    internal static Int128 BytesOf(ElementType element, long count) => (Int128.CreateChecked(count) * ElementTypes.BitsOf(element) + 7) / 8;

    private void Bad(string place, string what, string cure) => findings.Add(OnnxFindingCode.BadTensor, place, what, cure);
}
