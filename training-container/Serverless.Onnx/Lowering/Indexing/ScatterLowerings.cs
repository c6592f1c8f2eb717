using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Indexing;

/// <summary>Elements put by indices.</summary>
internal static class ScatterLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::scatter", call => [Scatter(call, call.IsNone(4) ? null : call.Text(4))]);
        yield return ("aten::scatter_add", call => [Scatter(call, "add")]);
        foreach (var name in new[] { "aten::index_put", "aten::_index_put_impl" })
            yield return (name, Put);
        yield return ("aten::index_fill", call => [ByAxis(call, call.Operand(3, call.OutputElement()), [], null)]);
        yield return ("aten::index_copy", call => [ByAxis(call, call.Operand(3, call.OutputElement()), call.Sizes(3), null)]);
        yield return ("aten::index_add", call => [ByAxis(call, Scaled(call), call.Sizes(3), "add")]);
        yield return ("aten::fill", call => [call.Expand(call.Operand(1, call.OutputElement()), [], call.OutputSizes())]);
        yield return ("aten::zero", call => [call.Expand(call.Scalar(0, call.OutputElement()), [], call.OutputSizes())]);
    }

    private static GraphValue Scatter(LoweringCall call, string? reduction)
    {
        if (reduction is not (null or "add" or "multiply"))
            throw call.Refuse($"it combines by '{reduction}'", "Combine by 'add' or 'multiply'.");
        var axis = call.Axis(1, call.Rank(0));
        var (indices, sizes) = (call.Operand(2, ElementType.Int64), call.Sizes(2));
        var source = call.Operand(3, call.OutputElement());
        if (call.Rank(3) == 0)
            source = call.Expand(source, [], sizes);
        else
            for (var i = 0; i < sizes.Count; i++) // libtorch reads as much of the source as there are indices
                if (call.Sizes(3)[i] != sizes[i])
                    source = call.Slice(source, i, 0, sizes[i]);
        return call.Emit("ScatterElements", [call.Tensor(0), indices, source], [OnnxAttribute.Of("axis", axis), .. Reduction(reduction)]);
    }

    private static OnnxAttribute[] Reduction(string? reduction) => reduction is null ? [] : [OnnxAttribute.Of("reduction", reduction == "add" ? "add" : "mul")];

    private static IReadOnlyList<LoweredValue> Put(LoweringCall call)
    {
        var places = IndexPlaces.Read(call, 1);
        var add = call.BoolOr(3, false);
        var whole = call.Tensor(0);
        var values = call.Operand(2, call.OutputElement());
        if (places.Mask is { } mask)
            return [Masked(call, places, mask, values, add)];
        List<SizeExpression> rest = [.. places.Order.Skip(places.Axes.Count).Select(axis => call.Sizes(0)[axis])];
        List<SizeExpression> first = [.. places.Sizes, .. rest];
        List<SizeExpression> shape = [.. places.ResultOrder.Select(axis => first[axis])];
        var updates = call.Transpose(call.Expand(values, call.Sizes(2), shape), places.IndicesFirst);
        var front = call.Emit("ScatterND", [call.Transpose(whole, places.Order), places.Stacked(call), updates], Reduction(add ? "add" : null));
        int[] back = [.. Enumerable.Range(0, places.Order.Count).OrderBy(i => places.Order[i])];
        return [call.Transpose(front, back)];
    }

    private static GraphValue Masked(LoweringCall call, IndexPlaces places, GraphValue mask, GraphValue values, bool add)
    {
        var after = call.Rank(0) - places.MaskAxes.First - places.MaskAxes.Count;
        var scalar = call.Sizes(2).All(size => size.Constant == 1);
        if (!scalar && (call.Rank(2) > after || places.MaskAxes.First > 0))
            throw call.Refuse("it writes different values to the elements where a mask is true, and which goes where depends on data", "Write one value, or use where() with values of the tensor's shape.");
        if (scalar && call.Rank(2) > 0)
            values = call.Reshape(values, call.Sizes(2), []);
        var wide = call.Unsqueeze(mask, [.. Enumerable.Range(0, after).Select(i => (long)(places.MaskAxes.Count + i))]);
        return call.Emit("Where", [wide, add ? call.Emit("Add", [call.Tensor(0), values]) : values, call.Tensor(0)]);
    }

    private static GraphValue Scaled(LoweringCall call) =>
        call.FloatOr(4, 1) == 1 ? call.Operand(3, call.OutputElement()) : call.Emit("Mul", [call.Operand(3, call.OutputElement()), call.Operand(4, call.OutputElement())]);

    /// <summary>Whole slices of an axis, by a vector of indices.</summary>
    private static GraphValue ByAxis(LoweringCall call, GraphValue values, IReadOnlyList<SizeExpression> sizes, string? reduction)
    {
        var axis = call.Axis(1, call.Rank(0));
        int[] order = [axis, .. Enumerable.Range(0, call.Rank(0)).Where(i => i != axis)];
        int[] back = [.. Enumerable.Range(0, order.Length).OrderBy(i => order[i])];
        var count = call.Rank(2) == 0 ? 1 : call.Sizes(2)[0];
        List<SizeExpression> wanted = [.. call.Sizes(0).Select((size, i) => i == axis ? count : size)];
        var updates = call.Transpose(call.Expand(values, sizes, wanted), order);
        var indices = call.Unsqueeze(GatherLowerings.Vector(call, 2), 1);
        return call.Transpose(call.Emit("ScatterND", [call.Transpose(call.Tensor(0), order), indices, updates], Reduction(reduction)), back);
    }
}
