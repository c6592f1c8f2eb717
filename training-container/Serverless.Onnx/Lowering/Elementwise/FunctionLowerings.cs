using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Elementwise;

/// <summary>Functions of one number.</summary>
internal static class FunctionLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var (name, operatorName) in new[]
        {
            ("exp", "Exp"), ("log", "Log"), ("sqrt", "Sqrt"), ("reciprocal", "Reciprocal"), ("sin", "Sin"), ("cos", "Cos"), ("tan", "Tan"), ("asin", "Asin"), ("acos", "Acos"), ("atan", "Atan"),
            ("sinh", "Sinh"), ("cosh", "Cosh"), ("asinh", "Asinh"), ("acosh", "Acosh"), ("atanh", "Atanh"), ("erf", "Erf"), ("arcsin", "Asin"), ("arccos", "Acos"), ("arctan", "Atan"), ("special_erf", "Erf"),
        })
            yield return ($"aten::{name}", call => Of(call, x => call.Emit(operatorName, [x])));
        foreach (var (name, operatorName) in new[] { ("neg", "Neg"), ("negative", "Neg"), ("abs", "Abs"), ("absolute", "Abs"), ("sign", "Sign"), ("sgn", "Sign") })
            yield return ($"aten::{name}", call => Of(call, x => call.Emit(operatorName, [x])));
        foreach (var (name, operatorName) in new[] { ("floor", "Floor"), ("ceil", "Ceil") })
            yield return ($"aten::{name}", call => Rounded(call, x => call.Emit(operatorName, [x])));
        yield return ("aten::round", Round);
        foreach (var name in new[] { "aten::trunc", "aten::fix" })
            yield return (name, call => Rounded(call, x => ArithmeticLowerings.Truncated(call, x, call.OutputElement())));
        yield return ("aten::frac", call => Of(call, x => call.Emit("Sub", [x, ArithmeticLowerings.Truncated(call, x, call.OutputElement())])));
        yield return ("aten::square", call => Of(call, x => call.Emit("Mul", [x, x])));
        yield return ("aten::rsqrt", call => Of(call, x => call.Emit("Reciprocal", [call.Emit("Sqrt", [x])])));
        yield return ("aten::log2", call => Of(call, x => Times(call, call.Emit("Log", [x]), 1 / Math.Log(2))));
        yield return ("aten::log10", call => Of(call, x => Times(call, call.Emit("Log", [x]), 1 / Math.Log(10))));
        yield return ("aten::exp2", call => Of(call, x => call.Emit("Exp", [Times(call, x, Math.Log(2))])));
        yield return ("aten::log1p", call => Of(call, x => LogOfOneMore(call, x)));
        yield return ("aten::expm1", call => Of(call, x => ExpLessOne(call, x)));
        foreach (var name in new[] { "aten::erfc", "aten::special_erfc" })
            yield return (name, call => Of(call, x => call.Emit("Sub", [One(call), call.Emit("Erf", [x])])));
        foreach (var name in new[] { "aten::deg2rad", "aten::rad2deg" })
            yield return (name, call => Of(call, x => Times(call, x, name == "aten::deg2rad" ? Math.PI / 180 : 180 / Math.PI)));
    }

    private static IReadOnlyList<LoweredValue> Of(LoweringCall call, Func<GraphValue, GraphValue> function) =>
        [call.Cast(function(call.Operand(0, Promotion.Working(call.OutputElement()))), call.OutputElement())];

    /// <summary>Integers are rounded already.</summary>
    private static IReadOnlyList<LoweredValue> Rounded(LoweringCall call, Func<GraphValue, GraphValue> function) =>
        ElementTypes.IsFloat(call.OutputElement()) ? Of(call, function) : [call.Emit("Identity", [call.Tensor(0)])];

    private static IReadOnlyList<LoweredValue> Round(LoweringCall call) => Rounded(call, x =>
    {
        var digits = call.IntOr(1, 0);
        return digits == 0 ? call.Emit("Round", [x]) : Times(call, call.Emit("Round", [Times(call, x, Math.Pow(10, digits))]), Math.Pow(10, -digits));
    });

    private static GraphValue Times(LoweringCall call, GraphValue x, double factor) => call.Emit("Mul", [x, call.Scalar(factor, call.OutputElement())]);

    private static GraphValue One(LoweringCall call) => call.Scalar(1, call.OutputElement());

    /// <summary>log(1+x), exact for small x: x·log(u)/(u−1) with u = 1+x, and x where u is 1 (W. Kahan, as in HP-15C Advanced Functions Handbook, 1982).</summary>
    private static GraphValue LogOfOneMore(LoweringCall call, GraphValue x)
    {
        var u = call.Emit("Add", [x, One(call)]);
        var same = call.Emit("Equal", [u, One(call)]);
        var less = call.Emit("Where", [same, One(call), call.Emit("Sub", [u, One(call)])]);
        var infinite = call.Emit("IsInf", [u]); // there x/(u−1) would be inf/inf
        var ratio = call.Emit("Where", [infinite, One(call), call.Emit("Div", [x, less])]);
        return call.Emit("Where", [same, x, call.Emit("Mul", [call.Emit("Log", [u]), ratio])]);
    }

    /// <summary>exp(x)−1, exact for small x: 2·sinh(x/2)·exp(x/2), and exp(x)−1 away from zero, where sinh would overflow.</summary>
    private static GraphValue ExpLessOne(LoweringCall call, GraphValue x)
    {
        var half = Times(call, x, 0.5);
        var near = call.Emit("Mul", [Times(call, call.Emit("Sinh", [half]), 2), call.Emit("Exp", [half])]);
        return call.Emit("Where", [call.Emit("Less", [call.Emit("Abs", [x]), One(call)]), near, call.Emit("Sub", [call.Emit("Exp", [x]), One(call)])]);
    }
}
