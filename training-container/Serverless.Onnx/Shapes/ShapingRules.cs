using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>Operators that put elements elsewhere.</summary>
internal static class ShapingRules
{
    public static IEnumerable<(string Name, OperatorRule Rule)> All()
    {
        yield return ("Constant", new(0, 0, 1, Constant));
        yield return ("Concat", new(1, OperatorRule.Any, 1, Concat));
        yield return ("Gather", new(2, 2, 1, Gather));
        yield return ("Reshape", new(2, 2, 1, Reshape));
        yield return ("Transpose", new(1, 1, 1, Transpose));
        yield return ("Flatten", new(1, 1, 1, Flatten));
        yield return ("Unsqueeze", new(1, 2, 1, Unsqueeze));
        yield return ("Squeeze", new(1, 2, 1, Squeeze));
        foreach (var rule in PartRules.All())
            yield return rule;
        yield return ("ConstantOfShape", new(1, 1, 1, node => [new(node.Node.Attribute("value")?.Tensors.FirstOrDefault()?.Element ?? ElementType.Float, null)]));
    }

    private static TensorType?[] Constant(NodeTypes node)
    {
        if (node.Node.Attributes is not [var value])
        {
            node.Wrong($"it has {node.Node.Attributes.Count} attributes", "Give a Constant exactly one attribute, such as 'value'.");
            return [null];
        }

        return value.Kind switch
        {
            AttributeKind.Tensor => [value.Tensors[0].Type],
            AttributeKind.Int => [TensorType.Of(ElementType.Int64)],
            AttributeKind.Ints => [TensorType.Of(ElementType.Int64, value.Ints.Count)],
            AttributeKind.Float => [TensorType.Of(ElementType.Float)],
            AttributeKind.Floats => [TensorType.Of(ElementType.Float, value.Floats.Count)],
            AttributeKind.String => [TensorType.Of(ElementType.String)],
            AttributeKind.Strings => [TensorType.Of(ElementType.String, value.Strings.Count)],
            AttributeKind.SparseTensor => [new(value.SparseTensors[0].Values.Element, [.. value.SparseTensors[0].Dims.Select(size => (Dimension)size)])],
            _ => [null],
        };
    }

    private static TensorType?[] Concat(NodeTypes node)
    {
        var element = node.WantSameElement(0, node.Count);
        if (node.Node.Attribute("axis") is null)
            node.Wrong("it has no attribute 'axis'", "Say along which axis to join.");
        Dimension[]? joined = null;
        for (var i = 0; i < node.Count; i++)
        {
            if (node.ShapeOf(i) is not { } shape || node.Axis(node.Node.IntOf("axis", 0), shape.Count) is not { } axis)
                return [ElementwiseRules.Make(element, null)];
            if (joined is null)
                joined = [.. shape];
            else if (!Join(node, joined, shape, axis, i))
                return [ElementwiseRules.Make(element, null)];
        }

        return [ElementwiseRules.Make(element, joined)];
    }

    private static bool Join(NodeTypes node, Dimension[] joined, IReadOnlyList<Dimension> shape, int axis, int input)
    {
        var fits = shape.Count == joined.Length && !shape.Where((size, i) => i != axis && size.Size is not null && joined[i].Size is not null && size != joined[i]).Any();
        if (!fits)
        {
            node.Wrong($"input {input} '{node.Node.Inputs[input]}' has the shape [{string.Join(", ", shape)}], the ones before [{string.Join(", ", joined)}]", $"Make all sizes equal but the one of axis {axis}.");
            return false;
        }

        for (var i = 0; i < joined.Length; i++)
            joined[i] = i == axis ? joined[i].Size + shape[i].Size is { } sum ? sum : Dimension.Unknown : joined[i].Size is null && (shape[i].Size is not null || joined[i].Symbol is null) ? shape[i] : joined[i];
        return true;
    }

    private static TensorType?[] Gather(NodeTypes node)
    {
        node.WantElement(1, ElementType.Int32, ElementType.Int64);
        if (node.ShapeOf(0) is not { } data || node.ShapeOf(1) is not { } indices || node.Axis(node.Node.IntOf("axis", 0), data.Count) is not { } axis)
            return [ElementwiseRules.Make(node.ElementOf(0), null)];
        return [ElementwiseRules.Make(node.ElementOf(0), [.. data.Take(axis), .. indices, .. data.Skip(axis + 1)])];
    }

    private static TensorType?[] Reshape(NodeTypes node)
    {
        node.WantElement(1, ElementType.Int64);
        if (node.ConstantOf(1)?.AsIntegers() is not { } wanted)
            return [ElementwiseRules.Make(node.ElementOf(0), null)];
        var from = node.ShapeOf(0);
        var shape = wanted.Select((size, i) => size > 0 ? size : size == 0 && from is not null && i < from.Count ? from[i] : Dimension.Unknown).ToArray();
        if (wanted.Count(size => size == -1) > 1 || wanted.Any(size => size < -1))
            node.Wrong($"its shape is [{string.Join(", ", wanted)}]", "At most one size may be -1, and none less.");
        if (from?.All(size => size.Size is not null) == true && OnnxTensor.CountOf([.. from.Select(size => size.Size!.Value)]) is { } count)
            FitCount(node, wanted, shape, count);
        return [ElementwiseRules.Make(node.ElementOf(0), shape)];
    }

    private static void FitCount(NodeTypes node, IReadOnlyList<long> wanted, Dimension[] shape, long count)
    {
        var known = OnnxTensor.CountOf([.. shape.Where(size => size.Size is not null).Select(size => size.Size!.Value)]) ?? 0;
        var open = wanted.ToList().IndexOf(-1);
        if (open >= 0 && known > 0 && count % known == 0)
            shape[open] = count / known;
        else if (open >= 0 || known != count)
            node.Wrong($"{count} elements do not fill the shape [{string.Join(", ", wanted)}]", "Give a shape with the same number of elements.");
    }

    private static TensorType?[] Transpose(NodeTypes node)
    {
        if (node.ShapeOf(0) is not { } shape)
            return [node[0]];
        var order = node.Node.IntsOf("perm") ?? [.. Enumerable.Range(0, shape.Count).Reverse().Select(i => (long)i)];
        if (order.Count == shape.Count && order.Order().SequenceEqual(Enumerable.Range(0, shape.Count).Select(i => (long)i)))
            return [ElementwiseRules.Make(node.ElementOf(0), [.. order.Select(i => shape[(int)i])])];
        node.Wrong($"its order [{string.Join(", ", order)}] is no permutation of {shape.Count} axes", "Name each axis once.");
        return [null];
    }

    private static TensorType?[] Flatten(NodeTypes node)
    {
        if (node.ShapeOf(0) is not { } shape)
            return [ElementwiseRules.Make(node.ElementOf(0), null)];
        var axis = (int)Math.Clamp(node.Node.IntOf("axis", 1) is < 0 and var back ? back + shape.Count : node.Node.IntOf("axis", 1), 0, shape.Count);
        return [ElementwiseRules.Make(node.ElementOf(0), [Product(shape.Take(axis)), Product(shape.Skip(axis))])];
    }

    private static Dimension Product(IEnumerable<Dimension> sizes) =>
        sizes.ToList() is var all && all.Count == 1 ? all[0]
        : all.All(size => size.Size is not null) && OnnxTensor.CountOf([.. all.Select(size => size.Size!.Value)]) is { } count ? count : Dimension.Unknown;

    private static TensorType?[] Unsqueeze(NodeTypes node)
    {
        if (node.Axes(1, out _) is not { } axes || node.ShapeOf(0) is not { } shape)
            return [ElementwiseRules.Make(node.ElementOf(0), null)];
        var rank = shape.Count + axes.Count;
        var added = axes.Select(axis => node.Axis(axis, rank)).ToHashSet();
        var rest = new Queue<Dimension>(shape);
        return [ElementwiseRules.Make(node.ElementOf(0), [.. Enumerable.Range(0, rank).Select(i => added.Contains(i) || rest.Count == 0 ? 1 : rest.Dequeue())])];
    }

    private static TensorType?[] Squeeze(NodeTypes node)
    {
        var axes = node.Axes(1, out var given);
        if (node.ShapeOf(0) is not { } shape || (given && axes is null))
            return [ElementwiseRules.Make(node.ElementOf(0), null)];
        var dropped = given ? axes!.Select(axis => node.Axis(axis, shape.Count)).ToHashSet() : null;
        if (dropped?.FirstOrDefault(axis => axis is { } i && shape[i].Size is > 1) is { } bad)
            node.Wrong($"axis {bad} has the size {shape[bad]}; only an axis of size 1 can be squeezed", "Squeeze another axis, or use Reshape.");
        return [ElementwiseRules.Make(node.ElementOf(0), [.. shape.Where((size, i) => dropped is null ? size.Size != 1 : !dropped.Contains(i))])];
    }
}
