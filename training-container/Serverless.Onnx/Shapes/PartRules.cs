using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>Operators that take parts of a tensor, put parts into it, or repeat it.</summary>
internal static class PartRules
{
    public static IEnumerable<(string Name, OperatorRule Rule)> All()
    {
        yield return ("Shape", new(1, 1, 1, Shape));
        yield return ("Size", new(1, 1, 1, _ => [TensorType.Of(ElementType.Int64)]));
        yield return ("Expand", new(2, 2, 1, Expand));
        yield return ("Tile", new(2, 2, 1, Tile));
        yield return ("Slice", new(1, 5, 1, Slice));
        yield return ("Split", new(1, 2, OperatorRule.Any, Split));
        yield return ("Range", new(3, 3, 1, node => [new(node.WantSameElement(0, 3), [Dimension.Unknown])]));
        yield return ("GatherElements", new(2, 2, 1, node => [ElementwiseRules.Make(node.ElementOf(0), node.ShapeOf(1))]));
        yield return ("GatherND", new(2, 2, 1, node => [ElementwiseRules.Make(node.ElementOf(0), null)]));
        foreach (var name in new[] { "ScatterElements", "ScatterND" })
            yield return (name, new(3, 3, 1, node => [node[0]]));
        foreach (var name in new[] { "CumSum", "Trilu" })
            yield return (name, new(1, 2, 1, node => [node[0]]));
        yield return ("Einsum", new(1, OperatorRule.Any, 1, node => [ElementwiseRules.Make(node.WantSameElement(0, node.Count), null)]));
        yield return ("TopK", new(2, 2, 2, TopK));
        yield return ("EyeLike", new(1, 1, 1, node => [ElementwiseRules.Make((ElementType)node.Node.IntOf("dtype", (long)node.ElementOf(0)), node.ShapeOf(0))]));
        yield return ("OneHot", new(3, 3, 1, node => [ElementwiseRules.Make(node.ElementOf(2), null)]));
    }

    private static TensorType?[] Shape(NodeTypes node)
    {
        if (node[0]?.Rank is not { } rank)
            return [new(ElementType.Int64, [Dimension.Unknown])];
        var (start, end) = (Clip(node.Node.IntOf("start", 0)), Clip(node.Node.IntOf("end", rank)));
        return [TensorType.Of(ElementType.Int64, Math.Max(end - start, 0))];

        long Clip(long axis) => Math.Clamp(axis < 0 ? axis + rank : axis, 0, rank);
    }

    private static TensorType?[] Expand(NodeTypes node)
    {
        node.WantElement(1, ElementType.Int64);
        if (node.ShapeOf(0) is not { } shape || node.ConstantOf(1)?.AsIntegers() is not { } wanted)
            return [ElementwiseRules.Make(node.ElementOf(0), null)];
        return [ElementwiseRules.Make(node.ElementOf(0), Broadcast.Two(node, shape, [.. wanted.Select(size => (Dimension)size)]))];
    }

    private static TensorType?[] Tile(NodeTypes node)
    {
        if (node.ShapeOf(0) is not { } shape)
            return [ElementwiseRules.Make(node.ElementOf(0), null)];
        var times = node.ConstantOf(1)?.AsIntegers();
        if (times is not null && times.Count != shape.Count)
        {
            node.Wrong($"it repeats {times.Count} axes of a tensor of {shape.Count}", "Say how often to repeat each axis.");
            return [null];
        }

        return [ElementwiseRules.Make(node.ElementOf(0), [.. shape.Select((size, i) => times?[i] == 1 ? size : size.Size is { } known && times is not null ? known * times[i] : Dimension.Unknown)])];
    }

    private static TensorType?[] Slice(NodeTypes node)
    {
        if (node.ShapeOf(0) is not { } shape)
            return [ElementwiseRules.Make(node.ElementOf(0), null)];
        if (node.Axes(3, out var given) is not { } axes)
            axes = given ? null! : [.. Enumerable.Range(0, shape.Count).Select(axis => (long)axis)];
        if (axes is null)
            return [ElementwiseRules.Make(node.ElementOf(0), [.. shape.Select(_ => Dimension.Unknown)])];
        var (starts, ends) = (node.ConstantOf(1)?.AsIntegers() ?? node.Node.IntsOf("starts"), node.ConstantOf(2)?.AsIntegers() ?? node.Node.IntsOf("ends"));
        var steps = node.Node.Inputs.Count > 4 && node.Node.Inputs[4].Length > 0 ? node.ConstantOf(4)?.AsIntegers() : [.. axes.Select(_ => 1L)];
        Dimension[] left = [.. shape];
        for (var i = 0; i < axes.Count; i++)
            if (node.Axis(axes[i], shape.Count) is { } axis)
                left[axis] = shape[axis].Size is { } size && i < starts?.Count && i < ends?.Count && i < steps?.Count ? Count(size, starts[i], ends[i], steps[i]) : Dimension.Unknown;
        return [ElementwiseRules.Make(node.ElementOf(0), left)];
    }

    /// <summary>How many elements are left (onnx, Operators.md, "Slice").</summary>
    private static Dimension Count(long size, long start, long end, long step)
    {
        if (step == 0)
            return Dimension.Unknown;
        (start, end) = (start < 0 ? start + size : start, end < 0 ? Math.Max(end, -size - 1) + size : end);
        (start, end) = step > 0 ? (Math.Clamp(start, 0, size), Math.Clamp(end, 0, size)) : (Math.Clamp(start, 0, size - 1), Math.Clamp(end, -1, size - 1));
        return Math.Max(0, (Math.Abs(end - start) + Math.Abs(step) - 1) / Math.Abs(step) * (Math.Sign(end - start) == Math.Sign(step) ? 1 : 0));
    }

    private static TensorType?[] Split(NodeTypes node)
    {
        var outputs = node.Node.Outputs.Count;
        if (node.ShapeOf(0) is not { } shape || node.Axis(node.Node.IntOf("axis", 0), shape.Count) is not { } axis)
            return [.. Enumerable.Repeat(ElementwiseRules.Make(node.ElementOf(0), null), outputs)];
        var parts = node.ConstantOf(1)?.AsIntegers() ?? node.Node.IntsOf("split");
        if (parts is not null && parts.Count != outputs)
            node.Wrong($"it names {parts.Count} parts and has {outputs} outputs", "Name one size for each output.");
        var whole = node.Count < 2 || node.Node.Inputs[1].Length == 0 ? shape[axis].Size : null;
        return [.. Enumerable.Range(0, outputs).Select(i => ElementwiseRules.Make(node.ElementOf(0), [.. shape.Select((size, at) =>
            at != axis ? size : i < parts?.Count ? parts[i] : whole is { } all && all % outputs == 0 ? all / outputs : Dimension.Unknown)]))];
    }

    private static TensorType?[] TopK(NodeTypes node)
    {
        var count = node.ConstantOf(1)?.AsIntegers() is [var k] ? k : (Dimension?)null;
        if (node.ShapeOf(0) is not { } shape || node.Axis(node.Node.IntOf("axis", -1), shape.Count) is not { } axis)
            return [ElementwiseRules.Make(node.ElementOf(0), null), new(ElementType.Int64, null)];
        Dimension[] left = [.. shape.Select((size, i) => i == axis ? count ?? Dimension.Unknown : size)];
        return [ElementwiseRules.Make(node.ElementOf(0), left), new(ElementType.Int64, left)];
    }
}
