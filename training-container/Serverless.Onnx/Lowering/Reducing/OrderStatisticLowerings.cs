using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Reducing;

/// <summary>Largest, smallest and sorted elements.</summary>
internal static class OrderStatisticLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::topk", call => Top(call, call.SizeVector(call.Size(1)), call.IsNone(2) ? -1 : call.Int(2), call.BoolOr(3, true)));
        yield return ("aten::sort", call => call.Argument(1) is BoolValue ? Sorted(call, 2) : Sorted(call, 1)); // the stable form says so first
        yield return ("aten::argsort", call => [(call.Argument(1) is BoolValue ? Sorted(call, 2) : Sorted(call, 1))[1]]);
    }

    private static IReadOnlyList<LoweredValue> Sorted(LoweringCall call, int axisAt)
    {
        if (call.Rank(0) == 0)
            return [call.Emit("Identity", [call.Tensor(0)]), call.Scalar(0, ElementType.Int64)];
        var axis = call.IsNone(axisAt) ? call.Rank(0) - 1 : call.Axis(axisAt, call.Rank(0));
        return Top(call, call.Dimension(0, axis), axis, call.BoolOr(axisAt + 1, false));
    }

    private static IReadOnlyList<LoweredValue> Top(LoweringCall call, GraphValue count, long axis, bool largest)
    {
        var (element, working) = (call.Element(0), Promotion.Working(call.Element(0)));
        var both = call.EmitMany("TopK", [call.Operand(0, working), count], 2, OnnxAttribute.Of("axis", axis), OnnxAttribute.Of("largest", largest ? 1 : 0), OnnxAttribute.Of("sorted", 1));
        return [call.Cast(both[0], element), both[1]];
    }
}
