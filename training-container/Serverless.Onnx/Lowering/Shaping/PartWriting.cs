using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.Onnx.Lowering.Shaping;

/// <summary>A tensor with a part of an axis replaced.</summary>
internal static class PartWriting
{
    /// <param name="call">What writes.</param>
    /// <param name="whole">The tensor.</param>
    /// <param name="part">What replaces the part.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="start">The first index; may count from the end.</param>
    /// <param name="end">The index after the last; null: to the end.</param>
    /// <param name="step">From one index to the next.</param>
    public static GraphValue Write(LoweringCall call, GraphValue whole, GraphValue part, int axis, SizeExpression start, SizeExpression? end, long step)
    {
        if (step != 1)
            return Scattered(call, whole, part, axis, start, end, step);
        List<GraphValue?> pieces = [];
        if (start.Constant != 0)
            pieces.Add(call.Slice(whole, axis, 0, start));
        pieces.Add(part);
        if (end is not null)
            pieces.Add(call.Slice(whole, axis, end, null));
        return pieces.Count == 1 ? part : call.Emit("Concat", pieces, OnnxAttribute.Of("axis", axis));
    }

    /// <summary>Every step-th index: the axis goes to the front, where ScatterND writes.</summary>
    private static GraphValue Scattered(LoweringCall call, GraphValue whole, GraphValue part, int axis, SizeExpression start, SizeExpression? end, long step)
    {
        var rank = whole.Type?.Rank ?? throw call.Refuse("it writes every n-th element of a tensor of unknown dimensions", "Write elements next to each other, or call clone() before.");
        int[] order = [axis, .. Enumerable.Range(0, rank).Where(i => i != axis)];
        int[] back = [.. Enumerable.Range(0, rank).OrderBy(i => order[i])];
        var zero = call.Longs(0);
        var size = call.State.Sizes.AxisOf(whole, axis);
        var all = call.Emit("Range", [call.Scalar(0, ElementType.Int64), call.Emit("Squeeze", [size, zero]), call.Scalar(1, ElementType.Int64)]);
        var indices = call.Unsqueeze(call.Slice(all, 0, start, end, step), 1);
        return call.Transpose(call.Emit("ScatterND", [call.Transpose(whole, order), indices, call.Transpose(part, order)]), back);
    }
}
