using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Channels to pixels, pixels to channels, channels among themselves.</summary>
internal static class ShuffleRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::pixel_shuffle", call => [Shuffle(call)]);
        yield return ("aten::pixel_unshuffle", call => [Unshuffle(call)]);
        yield return ("aten::channel_shuffle", call => [Channels(call)]);
        yield return ("aten::native_channel_shuffle", call => [Channels(call)]);
    }

    private static GraphValue Shuffle(LoweringCall call)
    {
        var (by, sizes) = (call.Int(1), call.Sizes(0));
        if (sizes.Count == 4)
            return call.Emit("DepthToSpace", [call.Tensor(0)], OnnxAttribute.Of("blocksize", by), OnnxAttribute.Of("mode", "CRD"));
        return Rearrange(call, [Part(call, sizes[^3], by * by), by, by, sizes[^2], sizes[^1]], [0, 3, 1, 4, 2], [Part(call, sizes[^3], by * by), sizes[^2] * by, sizes[^1] * by]);
    }

    private static GraphValue Unshuffle(LoweringCall call)
    {
        var (by, sizes) = (call.Int(1), call.Sizes(0));
        var (height, width) = (Part(call, sizes[^2], by), Part(call, sizes[^1], by));
        return Rearrange(call, [sizes[^3], height, by, width, by], [0, 2, 4, 1, 3], [sizes[^3] * (by * by), height, width]);
    }

    /// <summary>Splits, permutes and joins the last three axes.</summary>
    private static GraphValue Rearrange(LoweringCall call, IReadOnlyList<SizeExpression> split, IReadOnlyList<int> order, IReadOnlyList<SizeExpression> joined)
    {
        var outer = call.Sizes(0).Take(call.Rank(0) - 3).ToList();
        IReadOnlyList<SizeExpression> before = [.. outer, .. split];
        var moved = call.Transpose(call.Reshape(call.Tensor(0), call.Sizes(0), before), [.. Enumerable.Range(0, outer.Count), .. order.Select(axis => axis + outer.Count)]);
        return call.Reshape(moved, [.. outer, .. order.Select(axis => split[axis])], [.. outer, .. joined]);
    }

    private static GraphValue Channels(LoweringCall call)
    {
        var (groups, sizes) = (call.Int(1), call.Sizes(0));
        var each = Part(call, sizes[1], groups);
        IReadOnlyList<SizeExpression> split = [sizes[0], groups, each, .. sizes.Skip(2)];
        var moved = call.Transpose(call.Reshape(call.Tensor(0), sizes, split), [0, 2, 1, .. Enumerable.Range(3, sizes.Count - 2)]);
        return call.Reshape(moved, [sizes[0], each, groups, .. sizes.Skip(2)], sizes);
    }

    private static SizeExpression Part(LoweringCall call, SizeExpression size, long by) =>
        size.Divide(by) ?? throw call.Refuse($"the size {size} is not a multiple of {by} in every run", $"Use sizes that {by} divides.");
}
