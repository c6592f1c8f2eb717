using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Elementwise;

/// <summary>Arithmetic of two operands, computed in the type of its result.</summary>
internal static class ArithmeticLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::add", call => Result(call, "Add", 0, 1));
        yield return ("aten::sub", call => Result(call, "Sub", 0, 1));
        yield return ("aten::rsub", call => Result(call, "Sub", 1, 0));
        yield return ("aten::mul", call => Plain(call, "Mul"));
        yield return ("aten::multiply", call => Plain(call, "Mul"));
        foreach (var name in new[] { "aten::div", "aten::divide" })
            yield return (name, Divide);
        yield return ("aten::true_divide", call => Plain(call, "Div"));
        yield return ("aten::floor_divide", call => [Rounded(call, "floor")]);
        yield return ("aten::remainder", Remainder);
        yield return ("aten::fmod", call => In(call, (a, b) => call.Emit("Mod", [a, b], OnnxAttribute.Of("fmod", 1))));
        yield return ("aten::pow", Power);
        yield return ("aten::float_power", Power);
        foreach (var (name, operatorName) in new[] { ("aten::minimum", "Min"), ("aten::maximum", "Max"), ("aten::fmin", "Min"), ("aten::fmax", "Max") })
            yield return (name, call => Plain(call, operatorName));
        yield return ("aten::lerp", Lerp);
        yield return ("aten::addcmul", call => AddCombined(call, "Mul"));
        yield return ("aten::addcdiv", call => AddCombined(call, "Div"));
        yield return ("aten::hypot", call => In(call, (a, b) => call.Emit("Sqrt", [call.Emit("Add", [call.Emit("Mul", [a, a]), call.Emit("Mul", [b, b])])])));
        yield return ("aten::clamp", call => Clamp(call, 1, 2));
        yield return ("aten::clip", call => Clamp(call, 1, 2));
        yield return ("aten::clamp_min", call => Clamp(call, 1, -1));
        yield return ("aten::clamp_max", call => Clamp(call, -1, 1));
    }

    /// <summary>One operand and the other times the third argument (torch's <c>alpha</c>).</summary>
    private static IReadOnlyList<LoweredValue> Result(LoweringCall call, string operatorName, int left, int right)
    {
        var (element, working) = (call.OutputElement(), Promotion.Working(call.OutputElement()));
        GraphValue?[] operands = [call.Operand(0, working), call.Operand(1, working)];
        if (!call.IsNone(2) && call.Argument(2) is not IntValue { Size.Constant: 1 })
        {
            var scaled = operatorName == "Sub" && left == 1 ? 0 : 1; // rsub scales what is taken away
            operands[scaled] = call.Emit("Mul", [operands[scaled], call.Operand(2, working)]);
        }

        return [call.Cast(call.Emit(operatorName, [operands[left], operands[right]]), element)];
    }

    private static IReadOnlyList<LoweredValue> Plain(LoweringCall call, string operatorName) => In(call, (a, b) => call.Emit(operatorName, [a, b]));

    private static IReadOnlyList<LoweredValue> In(LoweringCall call, Func<GraphValue, GraphValue, GraphValue> compute)
    {
        var working = Promotion.Working(call.OutputElement());
        return [call.Cast(compute(call.Operand(0, working), call.Operand(1, working)), call.OutputElement())];
    }

    private static IReadOnlyList<LoweredValue> Divide(LoweringCall call) => call.IsNone(2) ? Plain(call, "Div") : [Rounded(call, call.Text(2))];

    private static GraphValue Rounded(LoweringCall call, string mode)
    {
        if (mode is not ("floor" or "trunc"))
            throw call.Refuse($"the rounding mode is '{mode}'", "Use 'floor' or 'trunc', or none.");
        var element = call.OutputElement();
        var working = Promotion.Working(element);
        var (a, b) = (call.Operand(0, working), call.Operand(1, working));
        if (ElementTypes.IsFloat(element))
        {
            var quotient = call.Emit("Div", [a, b]);
            return mode == "floor" ? call.Emit("Floor", [quotient]) : Truncated(call, quotient, element);
        }

        if (mode == "floor")
            a = call.Emit("Sub", [a, call.Emit("Mod", [a, b])]); // Mod has the divisor's sign: what is left divides evenly
        return call.Cast(call.Emit("Div", [a, b]), element);
    }

    /// <summary>Rounded towards zero.</summary>
    internal static GraphValue Truncated(LoweringCall call, GraphValue value, ElementType element) =>
        call.Emit("Where", [call.Emit("Less", [value, call.Scalar(0, element)]), call.Emit("Ceil", [value]), call.Emit("Floor", [value])]);

    private static IReadOnlyList<LoweredValue> Remainder(LoweringCall call) => In(call, (a, b) => ElementTypes.IsFloat(call.OutputElement())
        ? call.Emit("Sub", [a, call.Emit("Mul", [call.Emit("Floor", [call.Emit("Div", [a, b])]), b])])
        : call.Emit("Mod", [a, b]));

    private static IReadOnlyList<LoweredValue> Power(LoweringCall call) => call.Argument(1) switch
    {
        FloatValue { Value: 0.5 } => [call.Emit("Sqrt", [call.Operand(0, call.OutputElement())])],
        _ => Plain(call, "Pow"),
    };

    private static IReadOnlyList<LoweredValue> Lerp(LoweringCall call)
    {
        var element = call.OutputElement();
        var from = call.Operand(0, element);
        return [call.Emit("Add", [from, call.Emit("Mul", [call.Operand(2, element), call.Emit("Sub", [call.Operand(1, element), from])])])];
    }

    private static IReadOnlyList<LoweredValue> AddCombined(LoweringCall call, string operatorName)
    {
        var working = Promotion.Working(call.OutputElement());
        var product = call.Emit(operatorName, [call.Operand(1, working), call.Operand(2, working)]);
        if (!call.IsNone(3) && call.Argument(3) is not IntValue { Size.Constant: 1 })
            product = call.Emit("Mul", [product, call.Operand(3, working)]);
        return [call.Cast(call.Emit("Add", [call.Operand(0, working), product]), call.OutputElement())];
    }

    private static IReadOnlyList<LoweredValue> Clamp(LoweringCall call, int least, int most)
    {
        var element = call.OutputElement();
        var working = Promotion.Working(element);
        var value = call.Operand(0, working);
        if (least >= 0 && !call.IsNone(least))
            value = call.Emit("Max", [value, call.Operand(least, working)]);
        if (most >= 0 && !call.IsNone(most))
            value = call.Emit("Min", [value, call.Operand(most, working)]);
        return [call.Cast(value, element)];
    }
}
