using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Reducing;

/// <summary>Variances and norms.</summary>
internal static class SpreadLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::var", call => [Spread(call).Variance]);
        yield return ("aten::std", call => [call.Emit("Sqrt", [Spread(call).Variance])]);
        yield return ("aten::var_mean", call => Spread(call) is var (variance, mean) ? [variance, mean] : []);
        yield return ("aten::std_mean", call => Spread(call) is var (variance, mean) ? [call.Emit("Sqrt", [variance]), mean] : []);
        yield return ("aten::norm", call => [Norm(call, call.FloatOr(1, 2), call.Count <= 2 ? int.MaxValue : 2, 3)]);
        foreach (var name in new[] { "aten::linalg_vector_norm", "aten::linalg_norm" })
            yield return (name, Linear);
        yield return ("aten::frobenius_norm", call => [Norm(call, 2, 1, 2)]);
    }

    /// <summary>Forms: (x, unbiased), (x, axes, unbiased, keepdim) and (x, axes, correction, keepdim).</summary>
    private static (GraphValue Variance, GraphValue Mean) Spread(LoweringCall call)
    {
        var whole = call.Count == 2;
        var axes = ReductionLowerings.Axes(call, whole ? int.MaxValue : 1);
        var correction = call.Argument(whole ? 1 : 2) switch
        {
            NoneValue => 1,
            BoolValue unbiased => unbiased.Value ? 1 : 0,
            _ => call.Int(2),
        };
        var keep = !whole && call.BoolOr(3, false);
        var element = call.OutputElement();
        var value = call.Operand(0, element);
        if (axes.Count == 0)
            throw call.Refuse("it takes the spread of a single number", "Give it a tensor with dimensions.");
        var mean = call.Reduce("ReduceMean", value, axes, keep: true);
        var off = call.Emit("Sub", [value, mean]);
        var sum = call.Reduce("ReduceSum", call.Emit("Mul", [off, off]), axes, keep);
        var count = ReductionLowerings.Counted(call, axes) - correction;
        var variance = call.Emit("Div", [sum, count.Constant is { } fixedCount ? call.Scalar(fixedCount, element) : call.Cast(call.SizeScalar(count), element)]);
        return (variance, keep ? mean : call.Squeeze(mean, [.. axes.Select(axis => (long)axis)]));
    }

    private static IReadOnlyList<LoweredValue> Linear(LoweringCall call)
    {
        if (call.Argument(1) is TextValue { Value: not "fro" } other)
            throw call.Refuse($"it takes the norm '{other.Value}' of matrices", "Use vector norms, or 'fro'.");
        if (call.Node.Operator == "aten::linalg_norm" && !call.IsNone(1) && call.Argument(1) is not TextValue && (call.IsNone(2) ? call.Rank(0) : call.SizeList(2).Count) == 2)
            throw call.Refuse("it takes a norm of matrices that is no vector norm", "Use linalg.vector_norm, or 'fro'.");
        return [Norm(call, call.IsNone(1) || call.Argument(1) is TextValue ? 2 : call.Float(1), 2, 3)];
    }

    private static GraphValue Norm(LoweringCall call, double order, int axesAt, int keepAt)
    {
        var element = call.OutputElement();
        var axes = ReductionLowerings.Axes(call, axesAt);
        var keep = axesAt != int.MaxValue && call.BoolOr(keepAt, false);
        if (axes.Count == 0)
            return call.Emit("Abs", [call.Operand(0, element)]);
        return order switch
        {
            1 => ReductionLowerings.Over(call, "ReduceL1", element, axes, keep),
            2 => ReductionLowerings.Over(call, "ReduceL2", element, axes, keep),
            double.PositiveInfinity => call.Reduce("ReduceMax", call.Emit("Abs", [call.Operand(0, element)]), axes, keep),
            double.NegativeInfinity => call.Reduce("ReduceMin", call.Emit("Abs", [call.Operand(0, element)]), axes, keep),
            0 => call.Reduce("ReduceSum", call.Cast(call.Operand(0, ElementType.Bool), element), axes, keep),
            _ => call.Emit("Pow", [call.Reduce("ReduceSum", call.Emit("Pow", [call.Emit("Abs", [call.Operand(0, element)]), call.Scalar(order, element)]), axes, keep), call.Scalar(1 / order, element)]),
        };
    }
}
