using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Constants;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Normalizations over the batch, a layer, groups of channels, or each instance.</summary>
internal static class NormalizationRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "aten::batch_norm", "aten::_batch_norm_impl_index", "aten::native_batch_norm" })
            yield return (name, call => [BatchNorm(call, ownStatistics: call.Bool(5), epsilon: call.Float(7))]);
        yield return ("aten::_native_batch_norm_legit_no_training", call => [BatchNorm(call, ownStatistics: false, epsilon: call.Float(6))]);
        yield return ("aten::instance_norm", InstanceNorm);
        yield return ("aten::layer_norm", call => [LayerNorm(call, call.Tensor(0), call.Ints(1), call.TensorOrNone(2), call.TensorOrNone(3), call.FloatOr(4, 1e-5))]);
        yield return ("aten::native_layer_norm", call => [LayerNorm(call, call.Tensor(0), call.Ints(1), call.TensorOrNone(2), call.TensorOrNone(3), call.Float(4))]);
        yield return ("aten::group_norm", call => [GroupNorm(call, call.Int(1), call.TensorOrNone(2), call.TensorOrNone(3), call.FloatOr(4, 1e-5))]);
        yield return ("aten::native_group_norm", call => [GroupNorm(call, call.Int(6), call.TensorOrNone(1), call.TensorOrNone(2), call.Float(7))]);
        yield return ("aten::rms_norm", RmsNorm);
    }

    /// <summary>Over the last axes of a value; their sizes are fixed.</summary>
    public static GraphValue LayerNorm(LoweringCall call, GraphValue x, IReadOnlyList<long> sizes, GraphValue? weight, GraphValue? bias, double epsilon) =>
        call.Emit("LayerNormalization", [x, weight ?? Filled(call, 1, sizes), bias], OnnxAttribute.Of("axis", -sizes.Count), OnnxAttribute.Of("epsilon", (float)epsilon));

    private static GraphValue BatchNorm(LoweringCall call, bool ownStatistics, double epsilon)
    {
        if (ownStatistics && !call.IsNone(3))
            throw Training.Refusal(call);
        if (call.IsNone(3))
            return OwnStatistics(call, epsilon);
        var channels = Channels(call);
        return call.Emit("BatchNormalization", [call.Tensor(0), call.TensorOrNone(1) ?? Filled(call, 1, channels), call.TensorOrNone(2) ?? Filled(call, 0, channels), call.Tensor(3), call.Tensor(4)], OnnxAttribute.Of("epsilon", (float)epsilon));
    }

    /// <summary>A layer that keeps no statistics uses the batch's own in evaluation too.</summary>
    private static GraphValue OwnStatistics(LoweringCall call, double epsilon)
    {
        var x = call.Tensor(0);
        IReadOnlyList<int> axes = [.. Enumerable.Range(0, call.Rank(0)).Where(axis => axis != 1)];
        var centred = call.Emit("Sub", [x, call.Reduce("ReduceMean", x, axes, keep: true)]);
        var variance = call.Reduce("ReduceMean", call.Emit("Mul", [centred, centred]), axes, keep: true);
        var made = call.Emit("Div", [centred, call.Emit("Sqrt", [call.Emit("Add", [variance, call.Scalar(epsilon, call.Element(0))])])]);
        return Affine(call, made, call.TensorOrNone(1), call.TensorOrNone(2), call.Rank(0));
    }

    private static IReadOnlyList<LoweredValue> InstanceNorm(LoweringCall call)
    {
        var (own, epsilon, channels) = (call.Bool(5), (float)call.Float(7), Channels(call));
        var (weight, bias) = (call.TensorOrNone(1) ?? Filled(call, 1, channels), call.TensorOrNone(2) ?? Filled(call, 0, channels));
        return own
            ? [call.Emit("InstanceNormalization", [call.Tensor(0), weight, bias], OnnxAttribute.Of("epsilon", epsilon))]
            : [call.Emit("BatchNormalization", [call.Tensor(0), weight, bias, call.Tensor(3), call.Tensor(4)], OnnxAttribute.Of("epsilon", epsilon))];
    }

    /// <summary>By InstanceNormalization over each group laid out as one instance: ONNX's GroupNormalization is newer than opset 17 and was changed since.</summary>
    private static GraphValue GroupNorm(LoweringCall call, long groups, GraphValue? weight, GraphValue? bias, double epsilon)
    {
        var sizes = call.Sizes(0);
        var within = SizeExpression.Product(sizes.Skip(1)).Divide(groups) ?? throw call.Refuse($"{sizes[1]} channels do not fall into {groups} groups in every run", "Use a number of channels that the groups divide.");
        IReadOnlyList<SizeExpression> grouped = [sizes[0], groups, within];
        var flat = call.Reshape(call.Tensor(0), sizes, grouped);
        var made = call.Emit("InstanceNormalization", [flat, Filled(call, 1, [groups]), Filled(call, 0, [groups])], OnnxAttribute.Of("epsilon", (float)epsilon));
        return Affine(call, call.Reshape(made, grouped, sizes), weight, bias, sizes.Count);
    }

    private static IReadOnlyList<LoweredValue> RmsNorm(LoweringCall call)
    {
        var x = call.Tensor(0);
        var axes = Enumerable.Range(call.Rank(0) - call.Ints(1).Count, call.Ints(1).Count).ToList();
        var epsilon = call.FloatOr(3, call.Element(0) switch { ElementType.Double => double.BitIncrement(1) - 1, ElementType.Float16 => Math.Pow(2, -10), _ => MathF.BitIncrement(1) - 1 });
        var mean = call.Reduce("ReduceMean", call.Emit("Mul", [x, x]), axes, keep: true);
        var made = call.Emit("Div", [x, call.Emit("Sqrt", [call.Emit("Add", [mean, call.Scalar(epsilon, call.Element(0))])])]);
        return [call.IsNone(2) ? made : call.Emit("Mul", [made, call.Tensor(2)])];
    }

    /// <summary>Weight and bias, one number a channel on axis 1.</summary>
    private static GraphValue Affine(LoweringCall call, GraphValue value, GraphValue? weight, GraphValue? bias, int rank)
    {
        long[] behind = [.. Enumerable.Range(1, rank - 2).Select(axis => (long)axis)];
        if (weight is not null)
            value = call.Emit("Mul", [value, call.Unsqueeze(weight, behind)]);
        return bias is null ? value : call.Emit("Add", [value, call.Unsqueeze(bias, behind)]);
    }

    private static IReadOnlyList<long> Channels(LoweringCall call) => [call.Sizes(0)[1].Constant ?? throw call.Refuse("its number of channels is dynamic", "Use a fixed number of channels.")];

    private static GraphValue Filled(LoweringCall call, double value, IReadOnlyList<long> sizes)
    {
        var element = ConstantPool.Of(value, call.Element(0));
        var count = (int)(OnnxTensor.CountOf(sizes) ?? throw call.Refuse($"the shape [{string.Join(", ", sizes)}] is too large", "Normalize over fewer elements."));
        var data = new byte[element.Data.Length * count];
        for (var i = 0; i < count; i++)
            element.Data.Span.CopyTo(data.AsSpan(i * element.Data.Length));
        return call.Constant(value == 0 ? "zeros" : "ones", element with { Dims = sizes, Data = data });
    }
}
