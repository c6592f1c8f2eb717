using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Reducing;

/// <summary>Sums, means, extremes over axes.</summary>
internal static class ReductionLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var (name, operatorName) in new[] { ("sum", "ReduceSum"), ("mean", "ReduceMean"), ("prod", "ReduceProd") })
            yield return ($"aten::{name}", call => [Total(call, operatorName)]);
        foreach (var (name, operatorName) in new[] { ("amax", "ReduceMax"), ("amin", "ReduceMin") })
            yield return ($"aten::{name}", call => [Over(call, operatorName, Working(call.OutputElement()), Axes(call, 1), call.BoolOr(2, false))]);
        foreach (var (name, operatorName) in new[] { ("any", "ReduceMax"), ("all", "ReduceMin") })
            yield return ($"aten::{name}", call => [Truth(call, operatorName)]);
        foreach (var (name, reduction, place, pair) in new[] { ("max", "ReduceMax", "ArgMax", "Max"), ("min", "ReduceMin", "ArgMin", "Min") })
            yield return ($"aten::{name}", call => Extreme(call, reduction, place, pair));
        foreach (var (name, place) in new[] { ("argmax", "ArgMax"), ("argmin", "ArgMin") })
            yield return ($"aten::{name}", call => [Place(call, place)]);
        yield return ("aten::logsumexp", call => [Over(call, "ReduceLogSumExp", call.OutputElement(), Axes(call, 1), call.BoolOr(2, false))]);
        yield return ("aten::count_nonzero", call => [call.Reduce("ReduceSum", call.Cast(call.Operand(0, ElementType.Bool), ElementType.Int64), Axes(call, 1), false)]);
        yield return ("aten::cumsum", call => [CumulativeSum(call)]);
    }

    /// <summary>The axes of an argument; all when it is none or empty.</summary>
    internal static IReadOnlyList<int> Axes(LoweringCall call, int index)
    {
        var rank = call.Rank(0);
        if (rank == 0)
            return [];
        int[] axes = call.IsNone(index) ? [] : [.. call.Axes(index, rank)];
        return axes.Length == 0 ? [.. Enumerable.Range(0, rank)] : axes;
    }

    /// <summary>The number of elements that go into one.</summary>
    internal static SizeExpression Counted(LoweringCall call, IReadOnlyList<int> axes) => SizeExpression.Product(axes.Select(axis => call.Sizes(0)[axis]));

    /// <summary>ONNX Runtime reduces real numbers and integers of 32 and 64 bits.</summary>
    internal static ElementType Working(ElementType element) => Promotion.Working(element);

    internal static GraphValue Over(LoweringCall call, string operatorName, ElementType working, IReadOnlyList<int> axes, bool keep)
    {
        var value = call.Operand(0, working);
        return call.Cast(axes.Count == 0 ? call.Emit("Identity", [value]) : call.Reduce(operatorName, value, axes, keep), call.OutputElement());
    }

    /// <summary>Forms: (x, dtype) and (x, axes, keepdim, dtype).</summary>
    private static GraphValue Total(LoweringCall call, string operatorName)
    {
        var whole = call.Count <= 2;
        return Over(call, operatorName, Working(call.OutputElement()), whole ? Axes(call, int.MaxValue) : Axes(call, 1), !whole && call.BoolOr(2, false));
    }

    private static GraphValue Truth(LoweringCall call, string operatorName)
    {
        var truth = call.Cast(call.Operand(0, ElementType.Bool), ElementType.Int32);
        var axes = Axes(call, 1);
        return call.Cast(axes.Count == 0 ? truth : call.Reduce(operatorName, truth, axes, call.BoolOr(2, false)), call.OutputElement());
    }

    /// <summary>Forms: (x), (x, y) and (x, axis, keepdim), which also says where.</summary>
    private static IReadOnlyList<LoweredValue> Extreme(LoweringCall call, string reduction, string place, string pair)
    {
        var (element, working) = (call.OutputElement(), Working(call.OutputElement()));
        if (call.Count == 1)
            return [Over(call, reduction, working, Axes(call, int.MaxValue), false)];
        if (call.Count == 2)
            return [call.Cast(call.Emit(pair, [call.Operand(0, working), call.Operand(1, working)]), element)];
        if (call.Rank(0) == 0)
            return [call.Emit("Identity", [call.Tensor(0)]), call.Scalar(0, ElementType.Int64)];
        var axis = call.Axis(1, call.Rank(0));
        return [Over(call, reduction, working, [axis], call.BoolOr(2, false)), Where(call, place, working, axis, call.BoolOr(2, false))];
    }

    private static GraphValue Where(LoweringCall call, string place, ElementType working, int axis, bool keep) =>
        call.Emit(place, [call.Operand(0, working)], OnnxAttribute.Of("axis", axis), OnnxAttribute.Of("keepdims", keep ? 1 : 0));

    private static GraphValue Place(LoweringCall call, string place)
    {
        var working = Working(call.Element(0));
        if (call.Rank(0) == 0)
            return call.Scalar(0, ElementType.Int64);
        if (!call.IsNone(1))
            return Where(call, place, working, call.Axis(1, call.Rank(0)), call.BoolOr(2, false));
        var flat = call.Reshape(call.Operand(0, working), call.Sizes(0), [SizeExpression.Product(call.Sizes(0))]);
        return call.Emit(place, [flat], OnnxAttribute.Of("axis", 0), OnnxAttribute.Of("keepdims", 0));
    }

    private static GraphValue CumulativeSum(LoweringCall call)
    {
        var working = Working(call.OutputElement());
        if (call.Rank(0) == 0)
            return call.Cast(call.Operand(0, working), call.OutputElement());
        return call.Cast(call.Emit("CumSum", [call.Operand(0, working), call.Scalar(call.Axis(1, call.Rank(0)), ElementType.Int64)]), call.OutputElement());
    }
}
