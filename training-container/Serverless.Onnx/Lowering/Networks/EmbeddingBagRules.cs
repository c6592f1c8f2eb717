using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>
/// Sums, means or maxima of the rows that each bag names. Bags lie one after the other; where one begins is given. Which bag a place is in is counted by a running sum over the beginnings, so bags may have
/// any length, none too.
/// </summary>
internal static class EmbeddingBagRules
{
    private const long Sum = 0;
    private const long Mean = 1;

    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::embedding_bag", call => [Write(call)]);
        yield return ("aten::_embedding_bag", call => [Write(call)]);
        yield return ("aten::_embedding_bag_forward_only", call => [Write(call)]);
    }

    private static GraphValue Write(LoweringCall call)
    {
        var element = call.Element(0);
        var places = call.Emit("Cast", [call.Tensor(1)], OnnxAttribute.Of("to", (long)ElementType.Int64));
        var rows = call.Emit("Gather", [call.Tensor(0), places], OnnxAttribute.Of("axis", 0));
        var begins = call.Cast(call.Tensor(2), ElementType.Int64);
        if (call.BoolOr(7, false))
            begins = call.Slice(begins, 0, 0, -1);
        GraphValue? counts = call.IntOr(8, -1) is >= 0 and var left ? call.Cast(call.Emit("Not", [call.Emit("Equal", [places, call.Scalar(left, ElementType.Int64)])]), element) : null;
        var bag = Bags(call, begins, places);
        var room = call.Emit("Concat", [call.Emit("Shape", [begins]), call.Longs(call.Sizes(0)[1].Constant ?? throw call.Refuse("its rows have a dynamic size", "Use a table of fixed size."))], OnnxAttribute.Of("axis", 0));
        if (call.IntOr(4, Sum) is not (Sum or Mean))
            return Max(call, rows, bag, begins, counts);
        var weighted = call.IsNone(6) ? rows : call.Emit("Mul", [rows, call.Unsqueeze(call.Tensor(6), 1)]);
        weighted = counts is null ? weighted : call.Emit("Mul", [weighted, call.Unsqueeze(counts, 1)]);
        var sums = Add(call, room, call.Unsqueeze(bag, 1), weighted, "ScatterND");
        if (call.IntOr(4, Sum) == Sum)
            return sums;
        counts ??= call.Emit("Expand", [call.Scalar(1, element), call.Emit("Shape", [places])]) with { Type = TensorType.Of(element, Dimension.Unknown) };
        var lengths = Add(call, call.Emit("Shape", [begins]), bag, counts, "ScatterElements");
        return call.Emit("Div", [sums, call.Unsqueeze(call.Emit("Max", [lengths, call.Scalar(1, element)]), 1)]);
    }

    /// <summary>The bag of each place: how many bags have begun there, less one.</summary>
    private static GraphValue Bags(LoweringCall call, GraphValue begins, GraphValue places)
    {
        var room = call.Emit("Add", [call.Emit("Shape", [places]), call.Longs(1)]); // a bag may begin behind the last place, and is empty then
        var zeros = Known(call.Emit("Expand", [call.Scalar(0, ElementType.Int64), room]), ElementType.Int64);
        var ones = Known(call.Emit("Expand", [call.Scalar(1, ElementType.Int64), call.Emit("Shape", [begins])]), ElementType.Int64);
        var marks = Known(call.Emit("ScatterElements", [zeros, begins, ones], OnnxAttribute.Of("axis", 0), OnnxAttribute.Of("reduction", "add")), ElementType.Int64);
        var begun = Known(call.Emit("CumSum", [marks, call.Scalar(0, ElementType.Int64)]), ElementType.Int64);
        return call.Emit("Sub", [call.Slice(begun, 0, 0, -1), call.Scalar(1, ElementType.Int64)]);
    }

    private static GraphValue Add(LoweringCall call, GraphValue room, GraphValue at, GraphValue values, string scatter)
    {
        var zeros = call.Emit("Expand", [call.Scalar(0, call.Element(0)), room]);
        return Known(call.Emit(scatter, [zeros, at, values], OnnxAttribute.Of("reduction", "add")), call.Element(0));
    }

    /// <summary>Over a table [bags, places, columns] of what is in and what is not: opset 17 has no maximum that scatters.</summary>
    private static GraphValue Max(LoweringCall call, GraphValue rows, GraphValue bag, GraphValue begins, GraphValue? counts)
    {
        var bags = call.Emit("Range", [call.Scalar(0, ElementType.Int64), call.Squeeze(call.Emit("Shape", [begins]), 0), call.Scalar(1, ElementType.Int64)]);
        var inside = call.Emit("Equal", [call.Unsqueeze(bags, 1), call.Unsqueeze(bag, 0)]);
        if (counts is not null)
            inside = call.Emit("And", [inside, call.Unsqueeze(call.Cast(counts, ElementType.Bool), 0)]);
        var table = call.Emit("Where", [call.Unsqueeze(inside, 2), call.Unsqueeze(rows, 0), call.Scalar(double.NegativeInfinity, call.Element(0))]);
        var best = call.Reduce("ReduceMax", table, [1], keep: false);
        var any = call.Emit("Greater", [call.Reduce("ReduceMax", call.Cast(inside, call.Element(0)), [1], keep: true), call.Scalar(0, call.Element(0))]);
        return call.Emit("Where", [any, best, call.Scalar(0, call.Element(0))]);
    }

    private static GraphValue Known(GraphValue value, ElementType element) => value.Type is null ? value with { Type = new(element, null) } : value;
}
