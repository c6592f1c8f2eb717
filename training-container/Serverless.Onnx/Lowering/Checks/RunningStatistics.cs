using System.Runtime.InteropServices;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Checks;

/// <summary>
/// Statistics of <c>instance_norm</c>. libtorch repeats them for the batch, and in evaluation too writes them back as the mean over it, which is off by the last bits when the batch is no power of two
/// (ATen/native/Normalization.cpp). That is no state of the network.
/// </summary>
internal static class RunningStatistics
{
    private const float Rounding = 1e-6f;

    /// <summary>The numbers of the inputs that hold them.</summary>
    public static IReadOnlySet<int> Of(RecordedGraph graph) =>
        graph.Nodes.Where(node => node is { Operator: "aten::instance_norm", Inputs.Count: > 4 }).SelectMany(node => node.Inputs.Skip(3).Take(2)).ToHashSet();

    /// <summary>Whether they are the same but for rounding.</summary>
    public static bool AreSame(OnnxTensor left, OnnxTensor right)
    {
        if (left.Element != ElementType.Float || right.Element != ElementType.Float || !left.Dims.SequenceEqual(right.Dims))
            return false;
        var a = MemoryMarshal.Cast<byte, float>(left.Data.Span);
        var b = MemoryMarshal.Cast<byte, float>(right.Data.Span);
        for (var i = 0; i < a.Length; i++)
            if (!(Math.Abs(a[i] - b[i]) <= Rounding * Math.Max(Math.Abs(a[i]), Math.Abs(b[i]))))
                return false;
        return true;
    }
}
