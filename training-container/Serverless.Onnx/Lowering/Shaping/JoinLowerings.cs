using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Shaping;

/// <summary>Tensors put together, repeated, turned round.</summary>
internal static class JoinLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "cat", "concat", "concatenate" })
            yield return ($"aten::{name}", Concatenate);
        yield return ("aten::stack", Stack);
        foreach (var name in new[] { "aten::repeat", "aten::tile" })
            yield return (name, Repeat);
        yield return ("aten::repeat_interleave", RepeatEach);
        yield return ("aten::flip", call => [Flip(call, call.Tensor(0), call.Axes(1, call.Rank(0)))]);
        yield return ("aten::fliplr", call => [Flip(call, call.Tensor(0), [1])]);
        yield return ("aten::flipud", call => [Flip(call, call.Tensor(0), [0])]);
        yield return ("aten::roll", Roll);
        yield return ("aten::meshgrid", Grid);
    }

    private static IReadOnlyList<LoweredValue> Concatenate(LoweringCall call)
    {
        var axis = call.Axis(1, call.Output().Rank);
        var parts = call.List(0).Where(item => !IsEmptyVector(item)).ToList();
        return [call.Emit("Concat", [.. Cast(call, parts)], OnnxAttribute.Of("axis", axis))];
    }

    /// <summary>libtorch lets an empty vector join tensors of any shape.</summary>
    private static bool IsEmptyVector(LoweredValue value) => value is TensorValue { Type.Sizes: [{ Constant: 0 }] };

    private static IReadOnlyList<LoweredValue> Stack(LoweringCall call)
    {
        var axis = call.Axis(1, call.Output().Rank);
        return [call.Emit("Concat", [.. Cast(call, call.List(0)).Select(each => call.Unsqueeze(each, axis))], OnnxAttribute.Of("axis", axis))];
    }

    private static IEnumerable<GraphValue> Cast(LoweringCall call, IReadOnlyList<LoweredValue> items) =>
        items.Select(item => call.Cast(item is TensorValue tensor ? tensor.Read() : item is IntValue { Size: { } size } ? call.SizeScalar(size) : throw call.Refuse("an item of its list is no tensor", "Join tensors."), call.OutputElement()));

    private static IReadOnlyList<LoweredValue> Repeat(LoweringCall call)
    {
        List<SizeExpression> times = [.. call.SizeList(1)];
        while (times.Count < call.Rank(0))
            times.Insert(0, 1); // only tile() names fewer
        var value = call.Unsqueeze(call.Tensor(0), [.. Enumerable.Range(0, times.Count - call.Rank(0)).Select(axis => (long)axis)]);
        return [times.All(each => each.Constant == 1) ? call.Emit("Identity", [value]) : call.Emit("Tile", [value, call.ShapeOf(times)])];
    }

    /// <summary>Each element several times: an axis more, expanded, and taken in again.</summary>
    private static IReadOnlyList<LoweredValue> RepeatEach(LoweringCall call)
    {
        var times = call.Size(1);
        List<SizeExpression> sizes = [.. call.Sizes(0)];
        var value = call.Tensor(0);
        var axis = call.IsNone(2) ? 0 : call.Axis(2, sizes.Count);
        if (call.IsNone(2))
        {
            value = call.Reshape(value, sizes, [SizeExpression.Product(sizes)]);
            sizes = [SizeExpression.Product(sizes)];
        }

        List<SizeExpression> narrow = [.. sizes], wide = [.. sizes];
        narrow.Insert(axis + 1, 1);
        wide.Insert(axis + 1, times);
        return [call.Reshape(call.Expand(call.Unsqueeze(value, axis + 1), narrow, wide), wide, call.OutputSizes())];
    }

    private static GraphValue Flip(LoweringCall call, GraphValue value, IReadOnlyList<int> axes)
    {
        if (axes.Count == 0)
            return call.Emit("Identity", [value]);
        long[] each(long of) => [.. axes.Select(_ => of)];
        return call.Emit("Slice", [value, call.Longs(each(-1)), call.Longs(each(long.MinValue)), call.Longs([.. axes.Select(axis => (long)axis)]), call.Longs(each(-1))]);
    }

    private static IReadOnlyList<LoweredValue> Roll(LoweringCall call)
    {
        var (shifts, axes) = (call.Ints(1), call.IsNone(2) ? [] : call.Axes(2, call.Rank(0)));
        if (axes.Count != shifts.Count)
        {
            if (axes.Count > 0 || shifts.Count != 1)
                throw call.Refuse($"it names {shifts.Count} shifts and {axes.Count} axes", "Name one shift for each axis.");
            var flat = SizeExpression.Product(call.Sizes(0));
            return [call.Reshape(Shift(call, call.Reshape(call.Tensor(0), call.Sizes(0), [flat]), 0, flat, shifts[0]), [flat], call.Sizes(0))];
        }

        var value = call.Tensor(0);
        for (var i = 0; i < axes.Count; i++)
            value = Shift(call, value, axes[i], call.Sizes(0)[axes[i]], shifts[i]);
        return [call.Emit("Identity", [value])];
    }

    private static GraphValue Shift(LoweringCall call, GraphValue value, int axis, SizeExpression size, long shift)
    {
        if (size.Constant is { } known)
            shift = known == 0 ? 0 : ((shift % known) + known) % known;
        else if (Enumerable.Range(0, call.State.Fit.Recordings).Any(i => size.At(i) < Math.Abs(shift)) || Math.Abs(shift) > 1)
            throw call.Refuse($"it shifts the dynamic size {size} by {shift}, which may be more than its length", "Shift axes of fixed size, or by one.");
        return shift == 0 ? value : call.Emit("Concat", [call.Slice(value, axis, -shift, null), call.Slice(value, axis, 0, -shift)], OnnxAttribute.Of("axis", axis));
    }

    private static IReadOnlyList<LoweredValue> Grid(LoweringCall call)
    {
        var items = call.List(0).Select(item => item as TensorValue ?? throw call.Refuse("an item of its list is no tensor", "Give it vectors.")).ToList();
        List<SizeExpression> sizes = [.. items.Select(item => item.Type.Rank == 0 ? SizeExpression.Of(1) : item.Type.Sizes[0])];
        var swap = !call.IsNone(1) && call.Text(1) == "xy" && items.Count > 1;
        List<LoweredValue> grids = [];
        for (var i = 0; i < items.Count; i++)
        {
            var at = swap && i < 2 ? 1 - i : i;
            List<SizeExpression> to = [.. sizes];
            if (swap)
                (to[0], to[1]) = (to[1], to[0]);
            List<SizeExpression> line = [.. to.Select((size, axis) => axis == at ? size : SizeExpression.Of(1))];
            grids.Add(call.Expand(call.Reshape(items[i].Read(), items[i].Type.Sizes, line), line, to));
        }

        return [new ListValue(grids)];
    }
}
