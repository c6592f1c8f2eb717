using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Padding: torch names the last axis first, before and after; ONNX all axes before, then all after.</summary>
internal static class PaddingRules
{
    /// <summary>at::padding_mode, in its order (ATen/PadNd.h).</summary>
    private static readonly string[] Modes = ["reflect", "replicate", "circular", "constant"];

    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::constant_pad_nd", call => [Constant(call, 2)]);
        yield return ("aten::pad", call => [Pad(call, call.IsNone(2) ? "constant" : call.Text(2))]);
        yield return ("aten::_pad_enum", call => [Pad(call, call.Int(2) is >= 0 and < 4 and var mode ? Modes[mode] : $"number {call.Int(2)}")]);
        yield return ("aten::_pad_circular", call => [Circular(call)]);
        for (var axes = 1; axes <= 3; axes++)
        {
            yield return ($"aten::reflection_pad{axes}d", call => [Mirrored(call, "reflect")]);
            yield return ($"aten::replication_pad{axes}d", call => [Mirrored(call, "edge")]);
        }
    }

    private static GraphValue Pad(LoweringCall call, string mode) => mode switch
    {
        "constant" => Constant(call, 3),
        "reflect" => Mirrored(call, "reflect"),
        "replicate" => Mirrored(call, "edge"),
        "circular" => Circular(call),
        _ => throw call.Refuse($"the padding mode '{mode}' is not known", $"Use one of {string.Join(", ", Modes)}."),
    };

    private static GraphValue Constant(LoweringCall call, int value) =>
        call.Emit("Pad", [call.Tensor(0), call.ShapeOf(Sides(call)), call.Scalar(call.FloatOr(value, 0), call.Element(0))], OnnxAttribute.Of("mode", "constant"));

    private static GraphValue Mirrored(LoweringCall call, string mode) => call.Emit("Pad", [call.Tensor(0), call.ShapeOf(Sides(call))], OnnxAttribute.Of("mode", mode));

    /// <summary>What is added at one end is what lies at the other; ONNX has that mode since opset 19 only.</summary>
    private static GraphValue Circular(LoweringCall call)
    {
        var (x, given) = (call.Tensor(0), call.Ints(1));
        for (var i = 0; i < given.Count / 2; i++)
        {
            var axis = call.Rank(0) - 1 - i;
            var (before, after, size) = (given[2 * i], given[(2 * i) + 1], call.Sizes(0)[axis]);
            List<GraphValue?> parts = [];
            if (before > 0)
                parts.Add(call.Slice(x, axis, size - before, size));
            parts.Add(before < 0 || after < 0 ? call.Slice(x, axis, Math.Max(0, -before), size - Math.Max(0, -after)) : x);
            if (after > 0)
                parts.Add(call.Slice(x, axis, 0, after));
            x = parts.Count == 1 ? parts[0]! : call.Emit("Concat", parts, OnnxAttribute.Of("axis", axis));
        }

        return x;
    }

    private static IReadOnlyList<SizeExpression> Sides(LoweringCall call)
    {
        var (given, rank) = (call.SizeList(1), call.Rank(0));
        var sides = Enumerable.Repeat(SizeExpression.Of(0L), 2 * rank).ToArray();
        for (var i = 0; i < given.Count / 2; i++)
            (sides[rank - 1 - i], sides[(2 * rank) - 1 - i]) = (given[2 * i], given[(2 * i) + 1]);
        return sides;
    }
}
