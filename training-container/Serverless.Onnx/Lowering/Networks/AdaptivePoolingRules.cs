using System.Runtime.InteropServices;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>
/// Pooling to a fixed number of windows. Window i of n over a size s goes from ⌊i·s/n⌋ to ⌈(i+1)·s/n⌉; windows of several axes are the products of those of each, so a mean or a maximum is taken axis by
/// axis.
/// </summary>
internal static class AdaptivePoolingRules
{
    /// <summary>An uneven maximum takes a slice a window; more than these would be a graph that nobody wants to load.</summary>
    private const int MostWindows = 256;

    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        for (var axes = 1; axes <= 3; axes++)
        {
            var over = axes;
            yield return ($"aten::adaptive_avg_pool{over}d", call => [Average(call, over)]);
            yield return ($"aten::adaptive_max_pool{over}d", call => Max(call, over));
        }

        yield return ("aten::_adaptive_avg_pool2d", call => [Average(call, 2)]);
        yield return ("aten::_adaptive_avg_pool3d", call => [Average(call, 3)]);
    }

    private static GraphValue Average(LoweringCall call, int axes)
    {
        var x = call.Tensor(0);
        var wanted = Wanted(call, axes);
        var whole = Enumerable.Range(0, axes).Where(i => wanted[i] == 1).Select(i => call.Rank(0) - axes + i).ToList();
        if (whole.Count > 0)
            x = call.Reduce("ReduceMean", x, whole, keep: true);
        for (var i = 0; i < axes; i++)
        {
            var axis = call.Rank(0) - axes + i;
            if (wanted[i] is { } windows and not 1 && call.Sizes(0)[axis].Constant != windows)
                x = Average(call, x, axis, windows);
        }

        return x;
    }

    /// <summary>A product with the matrix [size, windows] whose columns are the windows, each divided by its length.</summary>
    private static GraphValue Average(LoweringCall call, GraphValue x, int axis, long windows)
    {
        var matrix = call.Sizes(0)[axis].Constant is { } size ? Fixed(call, size, windows) : Dynamic(call, axis, windows);
        IReadOnlyList<int> swapped = [.. Enumerable.Range(0, call.Rank(0)).Select(i => i == axis ? call.Rank(0) - 1 : i == call.Rank(0) - 1 ? axis : i)];
        return call.Transpose(call.Emit("MatMul", [call.Transpose(x, swapped), matrix]), swapped);
    }

    private static GraphValue Fixed(LoweringCall call, long size, long windows)
    {
        var matrix = new float[size * windows];
        for (var window = 0; window < windows; window++)
        {
            var (start, end) = Bounds(window, size, windows);
            for (var i = start; i < end; i++)
                matrix[(i * windows) + window] = 1f / (end - start);
        }

        return call.Cast(call.Constant("windows", new() { Element = ElementType.Float, Dims = [size, windows], Data = MemoryMarshal.AsBytes<float>(matrix).ToArray() }), call.Element(0));
    }

    /// <summary>The same matrix where the size is known while the model runs.</summary>
    private static GraphValue Dynamic(LoweringCall call, int axis, long windows)
    {
        var size = call.SizeScalar(call.Sizes(0)[axis]);
        GraphValue Scaled(long by) => call.Emit("Mul", [call.Longs([.. Enumerable.Range(0, (int)windows).Select(window => window + by)]), size]);
        var count = call.Scalar(windows, ElementType.Int64);
        var starts = call.Emit("Div", [Scaled(0), count]);
        var ends = call.Emit("Div", [call.Emit("Add", [Scaled(1), call.Scalar(windows - 1, ElementType.Int64)]), count]);
        var at = call.Unsqueeze(call.Emit("Range", [call.Scalar(0, ElementType.Int64), size, call.Scalar(1, ElementType.Int64)]), 1);
        var inside = call.Emit("And", [call.Emit("GreaterOrEqual", [at, starts]), call.Emit("Less", [at, ends])]);
        return call.Emit("Div", [call.Cast(inside, call.Element(0)), call.Cast(call.Emit("Sub", [ends, starts]), call.Element(0))]);
    }

    private static IReadOnlyList<LoweredValue> Max(LoweringCall call, int axes)
    {
        var wanted = Wanted(call, axes);
        var sizes = call.Sizes(0).TakeLast(axes).ToList();
        if (wanted.All(windows => windows == 1))
            return Whole(call, axes);
        for (var i = 0; i < axes; i++)
            if (wanted[i] is not null and not 1 && sizes[i].IsDynamic)
                throw call.Refuse($"it pools an axis of dynamic size ({sizes[i]}) to {wanted[i]} windows", "Fix the size of the axis, or pool it to one.");
        if (sizes.All(size => size.Constant is not null) && sizes.Zip(wanted, (size, windows) => size.Constant % (windows ?? size.Constant)).All(rest => rest == 0))
            return Even(call, axes, [.. sizes.Zip(wanted, (size, windows) => size.Constant!.Value / (windows ?? size.Constant.Value))]);
        var x = call.Tensor(0);
        for (var i = 0; i < axes; i++)
            if (wanted[i] is { } windows)
                x = Uneven(call, x, call.Rank(0) - axes + i, windows);
        return [x];
    }

    private static IReadOnlyList<LoweredValue> Whole(LoweringCall call, int axes)
    {
        var rank = call.Rank(0);
        var best = call.Reduce("ReduceMax", call.Tensor(0), [.. Enumerable.Range(rank - axes, axes)], keep: true);
        var flat = call.Emit("Flatten", [call.Tensor(0)], OnnxAttribute.Of("axis", rank - axes));
        var place = call.Emit("ArgMax", [flat], OnnxAttribute.Of("axis", 1));
        return [best, call.Reshape(place, [], [.. call.Sizes(0).Take(rank - axes), .. Enumerable.Repeat<Sizes.SizeExpression>(1, axes)])];
    }

    private static IReadOnlyList<LoweredValue> Even(LoweringCall call, int axes, IReadOnlyList<long> kernel)
    {
        var single = call.Rank(0) == axes + 1;
        var made = call.EmitMany("MaxPool", [single ? call.Unsqueeze(call.Tensor(0), 0) : call.Tensor(0)], 2, OnnxAttribute.Of("kernel_shape", kernel), OnnxAttribute.Of("strides", kernel));
        var places = PoolingRules.WithinChannel(call, made[1], axes);
        return single ? [call.Squeeze(made[0], 0), call.Squeeze(places, 0)] : [made[0], places];
    }

    private static GraphValue Uneven(LoweringCall call, GraphValue x, int axis, long windows)
    {
        if (windows == 1)
            return call.Reduce("ReduceMax", x, [axis], keep: true);
        if (windows > MostWindows)
            throw call.Refuse($"it pools to {windows} windows of uneven size; the limit is {MostWindows}", "Pool to a size that divides the axis.");
        var size = call.Sizes(0)[axis].Constant!.Value;
        var parts = Enumerable.Range(0, (int)windows).Select(window => Bounds(window, size, windows))
            .Select(bounds => (GraphValue?)call.Reduce("ReduceMax", call.Slice(x, axis, bounds.Start, bounds.End), [axis], keep: true));
        return call.Emit("Concat", [.. parts], OnnxAttribute.Of("axis", axis));
    }

    private static (long Start, long End) Bounds(long window, long size, long windows) => (window * size / windows, (((window + 1) * size) + windows - 1) / windows);

    /// <summary>Windows for each axis; null: as many as the axis has elements.</summary>
    private static IReadOnlyList<long?> Wanted(LoweringCall call, int axes)
    {
        var given = call.SizeList(1);
        return [.. Enumerable.Range(0, axes).Select(i => given[given.Count == 1 ? 0 : i]).Select((size, i) => size == call.Sizes(0)[^(axes - i)] && size.IsDynamic ? (long?)null
            : size.Constant ?? throw call.Refuse($"it pools to a dynamic number of windows ({size})", "Pool to a fixed number."))];
    }
}
