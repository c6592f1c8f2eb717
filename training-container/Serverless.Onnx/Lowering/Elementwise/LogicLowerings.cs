using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Elementwise;

/// <summary>Comparisons, logic, and choices between values.</summary>
internal static class LogicLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var (name, operatorName) in new[] { ("eq", "Equal"), ("lt", "Less"), ("le", "LessOrEqual"), ("gt", "Greater"), ("ge", "GreaterOrEqual"), ("less", "Less"), ("less_equal", "LessOrEqual"), ("greater", "Greater"), ("greater_equal", "GreaterOrEqual") })
            yield return ($"aten::{name}", call => [Compare(call, operatorName)]);
        foreach (var name in new[] { "aten::ne", "aten::not_equal" })
            yield return (name, call => [call.Emit("Not", [Compare(call, "Equal")])]);
        foreach (var (name, operatorName) in new[] { ("and", "And"), ("or", "Or"), ("xor", "Xor") })
        {
            yield return ($"aten::logical_{name}", call => [call.Cast(call.Emit(operatorName, [call.Operand(0, ElementType.Bool), call.Operand(1, ElementType.Bool)]), call.OutputElement())]);
            foreach (var bits in new[] { $"aten::bitwise_{name}", $"aten::__{name}__", $"aten::__i{name}__" })
                yield return (bits, call => [Bits(call, operatorName)]);
        }

        yield return ("aten::logical_not", call => [call.Cast(call.Emit("Not", [call.Operand(0, ElementType.Bool)]), call.OutputElement())]);
        yield return ("aten::bitwise_not", Invert);
        yield return ("aten::isnan", call => [IsReal(call) ? call.Emit("IsNaN", [call.Tensor(0)]) : Nowhere(call)]);
        yield return ("aten::isinf", call => [IsReal(call) ? IsInfinite(call) : Nowhere(call)]);
        yield return ("aten::isfinite", call => [call.Emit("Not", [IsReal(call) ? call.Emit("Or", [call.Emit("IsNaN", [call.Tensor(0)]), IsInfinite(call)]) : Nowhere(call)])]);
        yield return ("aten::where", call => [Choose(call, call.Operand(0, ElementType.Bool), 1, 2)]);
        yield return ("aten::masked_fill", call => [Choose(call, call.Operand(1, ElementType.Bool), 2, 0)]);
    }

    private static GraphValue Compare(LoweringCall call, string operatorName)
    {
        var working = Promotion.Working(Promotion.Common(call, 0, 1));
        return call.Emit(operatorName, [call.Operand(0, working), call.Operand(1, working)]);
    }

    private static GraphValue Bits(LoweringCall call, string operatorName)
    {
        var element = call.OutputElement();
        if (element != ElementType.Bool && call.Opset < 18)
            throw call.Refuse($"it combines bits of {element}, which version {call.Opset} of ai.onnx does not have", "Export with version 18 or later, or use truth values.");
        return call.Emit(element == ElementType.Bool ? operatorName : "Bitwise" + operatorName, [call.Operand(0, element), call.Operand(1, element)]);
    }

    private static IReadOnlyList<LoweredValue> Invert(LoweringCall call)
    {
        var element = call.OutputElement();
        return [element == ElementType.Bool
            ? call.Emit("Not", [call.Tensor(0)])
            : call.Cast(call.Emit("Sub", [call.Scalar(-1, Promotion.Working(element)), call.Operand(0, Promotion.Working(element))]), element)]; // two's complement
    }

    private static bool IsReal(LoweringCall call) => ElementTypes.IsFloat(call.Element(0));

    /// <summary>IsInf of ONNX before version 20 knows neither 16-bit numbers nor truth values.</summary>
    private static GraphValue IsInfinite(LoweringCall call) => call.Emit("IsInf", [call.Element(0) == ElementType.Double ? call.Tensor(0) : call.Operand(0, ElementType.Float)]);

    private static GraphValue Nowhere(LoweringCall call) => call.Expand(call.Scalar(0, ElementType.Bool), [], call.Sizes(0));

    private static GraphValue Choose(LoweringCall call, GraphValue condition, int yes, int no)
    {
        var (element, working) = (call.OutputElement(), Promotion.Working(call.OutputElement()));
        return call.Cast(call.Emit("Where", [condition, call.Operand(yes, working), call.Operand(no, working)]), element);
    }
}
