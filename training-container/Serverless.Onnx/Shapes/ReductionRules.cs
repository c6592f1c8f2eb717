using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>Products of matrices, sums over axes, and normalizations.</summary>
internal static class ReductionRules
{
    public static IEnumerable<(string Name, OperatorRule Rule)> All()
    {
        yield return ("MatMul", new(2, 2, 1, MatMul));
        yield return ("Gemm", new(2, 3, 1, Gemm));
        foreach (var name in new[] { "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceSumSquare" })
            yield return (name, new(1, 2, 1, Reduce));
        foreach (var name in new[] { "ArgMax", "ArgMin" })
            yield return (name, new(1, 1, 1, Arg));
        yield return ("BatchNormalization", new(5, 5, 5, node => [node[0]]));
        yield return ("LayerNormalization", new(2, 3, 3, node => [node[0]]));
    }

    private static TensorType?[] MatMul(NodeTypes node)
    {
        var element = node.WantSameElement(0, 2);
        if (node.ShapeOf(0) is not { } a || node.ShapeOf(1) is not { } b)
            return [ElementwiseRules.Make(element, null)];
        if (a.Count == 0 || b.Count == 0)
        {
            node.Wrong("one of its inputs is a scalar", "Use Mul, or give tensors of at least one dimension.");
            return [null];
        }

        var (rows, inner) = a.Count == 1 ? ((Dimension?)null, a[0]) : (a[^2], a[^1]);
        var (against, columns) = b.Count == 1 ? (b[0], (Dimension?)null) : (b[^2], b[^1]);
        WantEqual(node, inner, against);
        List<Dimension> shape = [.. Broadcast.Two(node, Batch(a), Batch(b))];
        if (rows is { } left)
            shape.Add(left);
        if (columns is { } right)
            shape.Add(right);
        return [ElementwiseRules.Make(element, shape)];
    }

    private static Dimension[] Batch(IReadOnlyList<Dimension> shape) => shape.Count <= 2 ? [] : [.. shape.Take(shape.Count - 2)];

    private static TensorType?[] Gemm(NodeTypes node)
    {
        var element = node.WantSameElement(0, 3);
        if (node.ShapeOf(0) is not { } a || node.ShapeOf(1) is not { } b)
            return [ElementwiseRules.Make(element, null)];
        if (a.Count != 2 || b.Count != 2)
        {
            node.Wrong($"its inputs have {a.Count} and {b.Count} dimensions; Gemm takes matrices", "Put a Flatten or Reshape before it, or use MatMul.");
            return [ElementwiseRules.Make(element, null)];
        }

        var (rows, inner) = node.Node.IntOf("transA", 0) == 0 ? (a[0], a[1]) : (a[1], a[0]);
        var (against, columns) = node.Node.IntOf("transB", 0) == 0 ? (b[0], b[1]) : (b[1], b[0]);
        WantEqual(node, inner, against);
        if (node.ShapeOf(2) is [.., { Size: > 1 } last] && columns.Size is { } size && last.Size != size)
            node.Wrong($"the bias has {last} columns, the product {size}", "Give the bias as many elements as the product has columns.");
        return [ElementwiseRules.Make(element, [rows, columns])];
    }

    private static void WantEqual(NodeTypes node, Dimension left, Dimension right)
    {
        if (left.Size is { } a && right.Size is { } b && a != b)
            node.Wrong($"the matrices do not fit: {a} columns against {b} rows", "Make the inner sizes equal.");
    }

    private static TensorType?[] Reduce(NodeTypes node)
    {
        var element = node.ElementOf(0);
        var axes = node.Axes(1, out var given);
        if (node.ShapeOf(0) is not { } shape || (given && axes is null))
            return [ElementwiseRules.Make(element, null)];
        var keep = node.Node.IntOf("keepdims", 1) != 0;
        if (!given && node.Node.IntOf("noop_with_empty_axes", 0) != 0)
            return [node[0]];
        var reduced = axes is { Count: > 0 } ? axes.Select(axis => node.Axis(axis, shape.Count)).ToHashSet() : [.. Enumerable.Range(0, shape.Count).Select(i => (int?)i)];
        return [ElementwiseRules.Make(element, [.. shape.Select((size, i) => reduced.Contains(i) ? 1 : size).Where((_, i) => keep || !reduced.Contains(i))])];
    }

    private static TensorType?[] Arg(NodeTypes node)
    {
        var axis = node.Axis(node.Node.IntOf("axis", 0), node[0]?.Rank);
        if (axis is null || node.ShapeOf(0) is not { } shape)
            return [new(ElementType.Int64, null)];
        var keep = node.Node.IntOf("keepdims", 1) != 0;
        return [new(ElementType.Int64, [.. shape.Select((size, i) => i == axis ? 1 : size).Where((_, i) => keep || i != axis)])];
    }
}
