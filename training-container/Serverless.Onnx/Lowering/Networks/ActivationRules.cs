using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Activations, by the formulas of torch.nn's documentation.</summary>
internal static class ActivationRules
{
    /// <summary>Beyond this Softplus is its argument to the last bit of 32-bit numbers, so torch's threshold changes nothing.</summary>
    private const double SurelyLinear = 17;

    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::relu", call => [call.Emit("Relu", [call.Tensor(0)])]);
        yield return ("aten::sigmoid", call => [call.Emit("Sigmoid", [Real(call)])]);
        yield return ("aten::tanh", call => [call.Emit("Tanh", [Real(call)])]);
        foreach (var name in new[] { "aten::softmax", "aten::_softmax", "aten::special_softmax" })
            yield return (name, call => [Softmax(call, "Softmax")]);
        foreach (var name in new[] { "aten::log_softmax", "aten::_log_softmax", "aten::special_log_softmax" })
            yield return (name, call => [Softmax(call, "LogSoftmax")]);
        yield return ("aten::relu6", call => [Clip(call, 0, 6)]);
        yield return ("aten::hardtanh", call => [Clip(call, call.FloatOr(1, -1), call.FloatOr(2, 1))]);
        yield return ("aten::leaky_relu", call => [LeakyRelu(call, call.FloatOr(1, 0.01))]);
        yield return ("aten::rrelu", RandomizedRelu);
        yield return ("aten::prelu", Prelu);
        yield return ("aten::_prelu_kernel", Prelu);
        yield return ("aten::elu", Elu);
        yield return ("aten::selu", call => [call.Emit("Selu", [call.Tensor(0)])]);
        yield return ("aten::celu", call => [Celu(call, call.FloatOr(1, 1))]);
        yield return ("aten::gelu", call => [Gelu(call, call.Tensor(0), !call.IsNone(1) && call.Text(1) == "tanh")]);
        yield return ("aten::silu", call => [call.Emit("Mul", [call.Tensor(0), call.Emit("Sigmoid", [call.Tensor(0)])])]);
        yield return ("aten::mish", call => [call.Emit("Mul", [call.Tensor(0), call.Emit("Tanh", [call.Emit("Softplus", [call.Tensor(0)])])])]);
        yield return ("aten::hardswish", call => [call.Emit("HardSwish", [call.Tensor(0)])]);
        yield return ("aten::hardsigmoid", call => [call.Emit("HardSigmoid", [call.Tensor(0)], OnnxAttribute.Of("alpha", 1f / 6), OnnxAttribute.Of("beta", 0.5f))]);
        yield return ("aten::hardshrink", call => [Shrink(call, 0)]);
        yield return ("aten::softshrink", call => [Shrink(call, (float)call.FloatOr(1, 0.5))]);
        yield return ("aten::softplus", Softplus);
        yield return ("aten::log_sigmoid", call => [call.Emit("Neg", [call.Emit("Softplus", [call.Emit("Neg", [call.Tensor(0)])])])]);
        yield return ("aten::glu", Glu);
        yield return ("aten::threshold", call => [call.Emit("Where", [call.Emit("Greater", [call.Tensor(0), Number(call, call.Float(1))]), call.Tensor(0), Number(call, call.Float(2))])]);
    }

    /// <summary>x·Φ(x), exact by the error function or with the approximation by tanh (Hendrycks and Gimpel 2016).</summary>
    public static GraphValue Gelu(LoweringCall call, GraphValue x, bool byTanh)
    {
        var half = call.Emit("Mul", [x, Number(call, 0.5)]);
        if (!byTanh)
            return call.Emit("Mul", [half, call.Emit("Add", [call.Emit("Erf", [call.Emit("Mul", [x, Number(call, Math.Sqrt(0.5))])]), Number(call, 1)])]);
        var cube = call.Emit("Mul", [call.Emit("Mul", [x, x]), x]);
        var inner = call.Emit("Mul", [call.Emit("Add", [x, call.Emit("Mul", [cube, Number(call, 0.044715)])]), Number(call, Math.Sqrt(2 / Math.PI))]);
        return call.Emit("Mul", [half, call.Emit("Add", [call.Emit("Tanh", [inner]), Number(call, 1)])]);
    }

    /// <summary>Its input as real numbers: of whole ones torch makes 32-bit floating point.</summary>
    private static GraphValue Real(LoweringCall call) => ElementTypes.IsFloat(call.Element(0)) ? call.Tensor(0) : call.Cast(call.Tensor(0), ElementType.Float);

    /// <summary>Over one axis, in the type that was asked for; a fused form says with a truth value that 16-bit numbers become 32-bit ones.</summary>
    private static GraphValue Softmax(LoweringCall call, string operatorName)
    {
        var fused = call.Node.Operator is "aten::_softmax" or "aten::_log_softmax";
        var element = fused ? call.OutputElement() : call.ElementNamed(2, call.Element(0));
        var x = call.Cast(call.Tensor(0), element);
        return call.Rank(0) == 0 ? call.Squeeze(call.Emit(operatorName, [call.Unsqueeze(x, 0)]), 0) : call.Emit(operatorName, [x], OnnxAttribute.Of("axis", call.Axis(1, call.Rank(0))));
    }

    private static GraphValue Number(LoweringCall call, double value) => call.Scalar(value, call.Element(0));

    private static GraphValue Clip(LoweringCall call, double low, double high) => call.Emit("Clip", [call.Tensor(0), Number(call, low), Number(call, high)]);

    private static GraphValue LeakyRelu(LoweringCall call, double slope) => call.Emit("LeakyRelu", [call.Tensor(0)], OnnxAttribute.Of("alpha", (float)slope));

    private static IReadOnlyList<Values.LoweredValue> RandomizedRelu(LoweringCall call)
    {
        if (call.BoolOr(3, false))
            throw Training.Refusal(call);
        return [LeakyRelu(call, (call.FloatOr(1, 0.125) + call.FloatOr(2, 1.0 / 3)) / 2)];
    }

    private static IReadOnlyList<Values.LoweredValue> Prelu(LoweringCall call)
    {
        var (rank, slopes) = (call.Rank(0), call.Sizes(1));
        var slope = call.Tensor(1);
        if (slopes.Count == 1 && rank > 2 && slopes[0].Constant != 1) // a slope a channel: torch puts it on axis 1, ONNX on the last
            slope = call.Unsqueeze(slope, [.. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)]);
        return [call.Emit("PRelu", [call.Tensor(0), slope])];
    }

    /// <summary>scale·x above zero, scale·alpha·(exp(inner·x) − 1) below.</summary>
    private static IReadOnlyList<Values.LoweredValue> Elu(LoweringCall call)
    {
        var (alpha, scale, inner) = (call.FloatOr(1, 1), call.FloatOr(2, 1), call.FloatOr(3, 1));
        var x = call.Tensor(0);
        var below = call.Emit("Elu", [inner == 1 ? x : call.Emit("Mul", [x, Number(call, inner)])], OnnxAttribute.Of("alpha", (float)alpha));
        var made = inner == 1 ? below : call.Emit("Where", [call.Emit("Greater", [x, Number(call, 0)]), x, below]);
        return [scale == 1 ? made : call.Emit("Mul", [made, Number(call, scale)])];
    }

    /// <summary>α·elu(x/α): ONNX's own operator takes 32-bit numbers only.</summary>
    private static GraphValue Celu(LoweringCall call, double alpha)
    {
        if (alpha == 1)
            return call.Emit("Elu", [call.Tensor(0)]);
        return call.Emit("Mul", [call.Emit("Elu", [call.Emit("Div", [call.Tensor(0), Number(call, alpha)])]), Number(call, alpha)]);
    }

    private static GraphValue Shrink(LoweringCall call, float bias) =>
        call.Emit("Shrink", [call.Tensor(0)], OnnxAttribute.Of("lambd", (float)call.FloatOr(1, 0.5)), OnnxAttribute.Of("bias", bias));

    private static IReadOnlyList<Values.LoweredValue> Softplus(LoweringCall call)
    {
        var (beta, threshold) = (call.FloatOr(1, 1), call.FloatOr(2, 20));
        var x = call.Tensor(0);
        var scaled = beta == 1 ? x : call.Emit("Mul", [x, Number(call, beta)]);
        var soft = call.Emit("Softplus", [scaled]);
        if (beta != 1)
            soft = call.Emit("Div", [soft, Number(call, beta)]);
        return [threshold >= SurelyLinear ? soft : call.Emit("Where", [call.Emit("Greater", [scaled, Number(call, threshold)]), x, soft])];
    }

    private static IReadOnlyList<Values.LoweredValue> Glu(LoweringCall call)
    {
        var axis = call.IsNone(1) ? call.Rank(0) - 1 : call.Axis(1, call.Rank(0));
        var half = call.Sizes(0)[axis].Divide(2) ?? throw call.Refuse($"the size {call.Sizes(0)[axis]} of axis {axis} is not even in every run", "Give glu an axis of fixed, even size.");
        var x = call.Tensor(0);
        return [call.Emit("Mul", [call.Slice(x, axis, 0, half), call.Emit("Sigmoid", [call.Slice(x, axis, half, null)])])];
    }
}
