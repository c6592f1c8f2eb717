using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Shaping;

/// <summary>Other shapes for the same elements in the same order.</summary>
internal static class ReshapeLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "view", "view_as", "_unsafe_view", "_reshape_alias", "unflatten" })
            yield return ($"aten::{name}", call => [View(call)]);
        foreach (var name in new[] { "reshape", "flatten", "reshape_as", "ravel" })
            yield return ($"aten::{name}", MaybeView);
        yield return ("aten::contiguous", call => [call.MaybeView(0, call.Tensor(0))]);
        yield return ("aten::unsqueeze", Unsqueeze);
        yield return ("aten::unsqueeze_", Unsqueeze);
        yield return ("aten::squeeze", Squeeze);
        yield return ("aten::squeeze_", Squeeze);
        foreach (var name in new[] { "expand", "expand_as", "broadcast_to" })
            yield return ($"aten::{name}", Expand);
    }

    private static LoweredValue View(LoweringCall call)
    {
        var (from, to) = (call.Sizes(0), call.OutputSizes());
        if (call.OutputElement() != call.Element(0))
            throw call.Refuse($"it looks at {call.Element(0)} as {call.OutputElement()}", "Convert by to() instead.");
        return call.View(0, value => call.Reshape(value, from, to), (_, written) => call.Reshape(written, to, from));
    }

    /// <summary>An equal shape gives the tensor itself; else it depends on strides whether libtorch copies.</summary>
    private static IReadOnlyList<LoweredValue> MaybeView(LoweringCall call) =>
        call.Sizes(0).SequenceEqual(call.OutputSizes()) ? [call.Same(0)] : [call.MaybeView(0, call.Reshape(call.Tensor(0), call.Sizes(0), call.OutputSizes()))];

    private static IReadOnlyList<LoweredValue> Unsqueeze(LoweringCall call)
    {
        var axis = call.Axis(1, call.Rank(0) + 1);
        return [call.View(0, value => call.Unsqueeze(value, axis), (_, written) => call.Squeeze(written, axis))];
    }

    private static IReadOnlyList<LoweredValue> Squeeze(LoweringCall call)
    {
        var sizes = call.Sizes(0);
        var asked = call.IsNone(1) ? [.. Enumerable.Range(0, sizes.Count)] : sizes.Count == 0 ? [] : call.Axes(1, sizes.Count);
        if (asked.Any(axis => sizes[axis].IsDynamic))
            throw call.Refuse($"it drops axes of size 1, and axis {asked.First(axis => sizes[axis].IsDynamic)} is the dynamic size {sizes[asked.First(axis => sizes[axis].IsDynamic)]}, which may be 1", "Name the axis to drop: squeeze(axis).");
        long[] axes = [.. asked.Where(axis => sizes[axis].Constant == 1).Select(axis => (long)axis)];
        return [axes.Length == 0 ? call.Same(0) : call.View(0, value => call.Squeeze(value, axes), (_, written) => call.Unsqueeze(written, axes))];
    }

    private static IReadOnlyList<LoweredValue> Expand(LoweringCall call)
    {
        IReadOnlyList<SizeExpression> from = call.Sizes(0), to = call.OutputSizes();
        return [from.SequenceEqual(to) ? call.Same(0) : call.View(0, value => call.Expand(value, from, to), null)];
    }
}
