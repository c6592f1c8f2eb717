using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>Shapes of element-wise operators over several inputs (ONNX, "Multidirectional Broadcasting").</summary>
internal static class Broadcast
{
    public static IReadOnlyList<Dimension>? Of(NodeTypes node, int from, int to)
    {
        IReadOnlyList<Dimension>? common = null;
        for (var i = from; i < Math.Min(to, node.Count); i++)
        {
            if (node.ShapeOf(i) is not { } shape)
                return null;
            common = common is null ? shape : Two(node, common, shape);
        }

        return common;
    }

    public static IReadOnlyList<Dimension> Two(NodeTypes node, IReadOnlyList<Dimension> left, IReadOnlyList<Dimension> right)
    {
        var result = new Dimension[Math.Max(left.Count, right.Count)];
        for (var back = 1; back <= result.Length; back++)
        {
            var a = back <= left.Count ? left[^back] : 1;
            var b = back <= right.Count ? right[^back] : 1;
            if (a.Size is > 1 && b.Size is > 1 && a.Size != b.Size)
                node.Wrong($"the shapes [{string.Join(", ", left)}] and [{string.Join(", ", right)}] do not broadcast: {a} against {b}", "Make the sizes equal, or one of them 1.");
            result[^back] = a.Size == 1 ? b : b.Size == 1 || a == b ? a : a.Size is not null ? a : b.Size is not null ? b : Dimension.Unknown;
        }

        return result;
    }
}
