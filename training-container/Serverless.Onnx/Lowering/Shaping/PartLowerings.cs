using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Shaping;

/// <summary>Parts of an axis: views, through which a network may write.</summary>
internal static class PartLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::slice", Slice);
        yield return ("aten::narrow", call => [Part(call, call.Axis(1, call.Rank(0)), call.Size(2), call.Size(2) + call.Size(3))]);
        yield return ("aten::select", call => [One(call, call.Axis(1, call.Rank(0)), call.Size(2))]);
        yield return ("aten::unbind", Unbind);
        yield return ("aten::chunk", Chunk);
        yield return ("aten::unsafe_chunk", Chunk);
        foreach (var name in new[] { "aten::split", "aten::split_with_sizes", "aten::unsafe_split", "aten::unsafe_split_with_sizes" })
            yield return (name, Split);
    }

    private static IReadOnlyList<LoweredValue> Slice(LoweringCall call)
    {
        var axis = call.Axis(1, call.Rank(0));
        var size = call.Sizes(0)[axis];
        var start = call.IsNone(2) ? 0 : call.Size(2);
        var end = call.IsNone(3) || call.Size(3).Constant == long.MaxValue || call.Size(3) == size ? null : call.Size(3);
        return [Part(call, axis, start, end, call.IntOr(4, 1))];
    }

    /// <summary>A part of an axis; all of it is the tensor itself.</summary>
    private static LoweredValue Part(LoweringCall call, int axis, SizeExpression start, SizeExpression? end, long step = 1)
    {
        var size = call.Sizes(0)[axis];
        if (start.Constant == 0 && step == 1 && (end is null || end == size || (end.Constant >= size.Constant)))
            return call.Same(0);
        return call.View(0, value => call.Slice(value, axis, start, end, step), (whole, written) => PartWriting.Write(call, whole, written, axis, start, end, step));
    }

    private static LoweredValue One(LoweringCall call, int axis, SizeExpression index) => call.View(
        0,
        value => call.Emit("Gather", [value, call.SizeScalar(index)], OnnxAttribute.Of("axis", axis)),
        (whole, written) => PartWriting.Write(call, whole, call.Unsqueeze(written, axis), axis, index, index.Constant == -1 ? null : index + 1, 1));

    private static IReadOnlyList<LoweredValue> Unbind(LoweringCall call)
    {
        var axis = call.Axis(1, call.Rank(0));
        return [new ListValue([.. Enumerable.Range(0, (int)Fixed(call, axis)).Select(i => One(call, axis, i))])];
    }

    private static IReadOnlyList<LoweredValue> Chunk(LoweringCall call)
    {
        var axis = call.Axis(2, call.Rank(0));
        var (size, chunks) = (call.Sizes(0)[axis], call.Int(1));
        if (chunks is <= 0 or > 10_000)
            throw call.Refuse($"it cuts an axis into {chunks} parts", "Cut it into 1 to 10000 parts.");
        if (size.IsDynamic)
            return [Parts(call, axis, [.. Enumerable.Repeat(size.Divide(chunks) ?? throw call.Refuse($"it cuts the dynamic size {size} into {chunks} parts, which need not be equal", "Cut an axis of fixed size, or one that is a multiple."), (int)chunks)])];
        var each = Math.Max((size.Constant!.Value + chunks - 1) / chunks, 1);
        return [Parts(call, axis, Even(size.Constant.Value, each))];
    }

    private static IReadOnlyList<LoweredValue> Split(LoweringCall call)
    {
        var axis = call.Axis(2, call.Rank(0));
        if (call.Argument(1) is ListValue)
            return [Parts(call, axis, call.SizeList(1))];
        var (size, each) = (call.Sizes(0)[axis], call.Size(1));
        if (size == each)
            return [Parts(call, axis, [size])];
        if (size.Divide(each)?.Constant is { } count and > 0 and <= 10_000)
            return [Parts(call, axis, [.. Enumerable.Repeat(each, (int)count)])];
        return [Parts(call, axis, Even(Fixed(call, axis), Math.Max(call.Int(1), 1)))];
    }

    private static List<SizeExpression> Even(long size, long each)
    {
        List<SizeExpression> parts = [];
        for (var left = size; left > 0 || parts.Count == 0; left -= each)
            parts.Add(Math.Min(left, each));
        return parts;
    }

    private static long Fixed(LoweringCall call, int axis) =>
        call.Sizes(0)[axis].Constant is { } size and <= 10_000 ? size : throw call.Refuse($"it makes as many tensors as axis {axis} is long ({call.Sizes(0)[axis]}), and a graph has a fixed number", "Work on the whole axis, or cut an axis of fixed size.");

    /// <summary>Parts of an axis, made by one Split where the sizes are fixed.</summary>
    private static ListValue Parts(LoweringCall call, int axis, IReadOnlyList<SizeExpression> sizes)
    {
        if (sizes.Count == 1)
            return new([call.Same(0)]);
        var whole = call.Tensor(0);
        var cut = sizes.Any(size => size.IsDynamic) ? null : Cut(call, whole, axis, sizes);
        var start = SizeExpression.Of(0);
        List<LoweredValue> parts = [];
        for (var i = 0; i < sizes.Count; i++)
        {
            var (at, from, to) = (i, start, start + sizes[i]);
            parts.Add(call.View(0, value => cut is not null && value.Name == whole.Name ? cut[at] : call.Slice(value, axis, from, to), (before, written) => PartWriting.Write(call, before, written, axis, from, to, 1)));
            start = to;
        }

        return new(parts);
    }

    private static IReadOnlyList<GraphValue> Cut(LoweringCall call, GraphValue whole, int axis, IReadOnlyList<SizeExpression> sizes) =>
        call.EmitMany("Split", [whole, call.ShapeOf(sizes)], sizes.Count, OnnxAttribute.Of("axis", axis));
}
