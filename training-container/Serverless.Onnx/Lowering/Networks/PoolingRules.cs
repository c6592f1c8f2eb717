using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Pooling over windows.</summary>
internal static class PoolingRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        for (var axes = 1; axes <= 3; axes++)
        {
            var over = axes;
            yield return ($"aten::max_pool{over}d", call => [Max(call, over, 1)[0]]);
            yield return ($"aten::max_pool{over}d_with_indices", call => Max(call, over, 2));
            yield return ($"aten::avg_pool{over}d", call => [Average(call, over)]);
            yield return ($"aten::fractional_max_pool{over}d", call => throw call.Refuse("it draws random numbers wherever it runs", "Use max_pool or adaptive_max_pool."));
        }
    }

    /// <summary>Runs a rule on a tensor with batch and channels, whether or not the call had a batch.</summary>
    public static GraphValue Batched(LoweringCall call, int axes, Func<GraphValue, GraphValue> pool) =>
        call.Rank(0) == axes + 2 ? pool(call.Tensor(0)) : call.Squeeze(pool(call.Unsqueeze(call.Tensor(0), 0)), 0);

    /// <summary>ONNX counts places through the whole tensor, torch within a channel.</summary>
    public static GraphValue WithinChannel(LoweringCall call, GraphValue places, int axes) =>
        call.Emit("Mod", [places, call.SizeScalar(SizeExpression.Product(call.Sizes(0).TakeLast(axes)))]);

    private static IReadOnlyList<LoweredValue> Max(LoweringCall call, int axes, int outputs)
    {
        var window = PoolingWindow.Read(call, axes, dilations: 4, ceil: 5);
        var wide = window.IsWide; // more than ONNX Runtime pads by itself
        List<OnnxAttribute> attributes = [.. (wide ? window with { Overhang = new long[axes] } : window).Attributes(padded: !wide), OnnxAttribute.Of("dilations", window.Dilations)];
        if (wide && outputs > 1)
            throw call.Refuse("its last windows reach further beyond the image than a kernel, and places cannot be given there", "Use ceil_mode: false, or less dilation.");
        if (outputs == 1)
            return [Batched(call, axes, x => call.Emit("MaxPool", [wide ? Pad(call, x, window, window.Overhang, double.NegativeInfinity) : x], attributes))];
        var single = call.Rank(0) == axes + 1;
        var made = call.EmitMany("MaxPool", [single ? call.Unsqueeze(call.Tensor(0), 0) : call.Tensor(0)], 2, attributes);
        var places = WithinChannel(call, made[1], axes);
        return single ? [call.Squeeze(made[0], 0), call.Squeeze(places, 0)] : [made[0], places];
    }

    /// <summary>
    /// Windows that hang over count what is padded, not what they reach beyond it; runtimes differ there. So padding that counts is put on first where sizes are rounded up,
    /// and always for a divisor of its own, where every window must be full.
    /// </summary>
    private static GraphValue Average(LoweringCall call, int axes)
    {
        var window = PoolingWindow.Read(call, axes, dilations: null, ceil: 4);
        var counted = call.BoolOr(5, true);
        var ceil = call.BoolOr(4, false);
        return Batched(call, axes, x =>
        {
            if (!call.IsNone(6))
                return Divided(call, x, window);
            if (!ceil || !counted || window.Paddings.All(padding => padding == 0))
                return call.Emit("AveragePool", [x], [.. window.Attributes(padded: true), OnnxAttribute.Of("count_include_pad", counted && !ceil ? 1 : 0)]);
            return call.Emit("AveragePool", [Pad(call, x, window, new long[axes], 0)], [.. window.Attributes(padded: false)]);
        });
    }

    private static GraphValue Divided(LoweringCall call, GraphValue x, PoolingWindow window)
    {
        if (window.RoundUp)
            throw call.Refuse("it rounds a dynamic size up and has a divisor of its own", "Fix the sizes of the image, or use ceil_mode: false.");
        var full = call.Emit("AveragePool", [Pad(call, x, window, window.Overhang, 0)], [.. (window with { Overhang = new long[window.Kernel.Count] }).Attributes(padded: false)]);
        return call.Emit("Mul", [full, call.Scalar(window.Kernel.Aggregate(1.0, (a, b) => a * b) / call.Int(6), call.Element(0))]);
    }

    private static GraphValue Pad(LoweringCall call, GraphValue x, PoolingWindow window, IReadOnlyList<long> more, double value) =>
        call.Emit("Pad", [x, call.Longs([0, 0, .. window.Paddings, 0, 0, .. window.Paddings.Zip(more, (a, b) => a + b)]), call.Scalar(value, call.Element(0))]);
}
