using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Indexing;

/// <summary>Elements taken by indices.</summary>
internal static class GatherLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::index_select", call => [call.Emit("Gather", [call.Tensor(0), Vector(call, 2)], OnnxAttribute.Of("axis", call.Axis(1, call.Rank(0))))]);
        yield return ("aten::gather", call => [call.Rank(0) == 0 ? call.Emit("Identity", [call.Tensor(0)]) : call.Emit("GatherElements", [call.Tensor(0), call.Operand(2, ElementType.Int64)], OnnxAttribute.Of("axis", call.Axis(1, call.Rank(0))))]);
        yield return ("aten::take", Take);
        yield return ("aten::take_along_dim", TakeAlong);
        yield return ("aten::index", Index);
        foreach (var name in new[] { "tril", "triu" })
            yield return ($"aten::{name}", call => [Triangle(call, name == "triu")]);
    }

    /// <summary>Indices as a vector; libtorch also takes a single one.</summary>
    internal static GraphValue Vector(LoweringCall call, int index) =>
        call.Rank(index) == 0 ? call.Unsqueeze(call.Operand(index, ElementType.Int64), 0) : call.Operand(index, ElementType.Int64);

    private static IReadOnlyList<LoweredValue> Take(LoweringCall call)
    {
        var flat = call.Reshape(call.Tensor(0), call.Sizes(0), [SizeExpression.Product(call.Sizes(0))]);
        return [call.Emit("Gather", [flat, call.Operand(1, ElementType.Int64)], OnnxAttribute.Of("axis", 0))];
    }

    private static IReadOnlyList<LoweredValue> TakeAlong(LoweringCall call)
    {
        var axis = call.Axis(2, call.Rank(0));
        var to = call.OutputSizes();
        List<SizeExpression> from = [.. to.Select((size, i) => i == axis ? call.Sizes(0)[axis] : size)];
        return [call.Emit("GatherElements", [call.Expand(call.Tensor(0), call.Sizes(0), from), call.Expand(call.Operand(1, ElementType.Int64), call.Sizes(1), to)], OnnxAttribute.Of("axis", axis))];
    }

    private static IReadOnlyList<LoweredValue> Index(LoweringCall call)
    {
        var places = IndexPlaces.Read(call, 1);
        if (places.Mask is not null)
            throw call.Refuse("it takes the elements where a mask is true, and how many those are depends on data", "Use where() or masked_fill() with the mask instead.");
        var whole = call.Tensor(0);
        if (places.Axes is [var only])
            return [call.Emit("Gather", [whole, places.Indices[0]], OnnxAttribute.Of("axis", only))];
        var taken = call.Emit("GatherND", [call.Transpose(whole, places.Order), places.Stacked(call)]);
        return [call.Transpose(taken, places.ResultOrder)];
    }

    /// <summary>ONNX Runtime cuts triangles out of 32-bit and 64-bit real numbers and 64-bit integers.</summary>
    private static GraphValue Triangle(LoweringCall call, bool upper)
    {
        var element = call.OutputElement();
        var working = element is ElementType.Float or ElementType.Double ? element : ElementTypes.IsFloat(element) ? ElementType.Float : ElementType.Int64;
        return call.Cast(call.Emit("Trilu", [call.Operand(0, working), call.SizeScalar(call.IsNone(1) ? 0 : call.Size(1))], OnnxAttribute.Of("upper", upper ? 1 : 0)), element);
    }
}
