using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Primitives;

/// <summary>Lists, tuples, and sizes that were asked for while the network ran.</summary>
internal static class PrimitiveLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "prim::ListConstruct", "prim::TupleConstruct" })
            yield return (name, call => [new ListValue([.. Enumerable.Range(0, call.Count).Select(call.Argument)])]);
        foreach (var name in new[] { "prim::ListUnpack", "prim::TupleUnpack" })
            yield return (name, Unpack);
        yield return ("aten::__getitem__", Item);
        yield return ("prim::TupleIndex", Item);
        yield return ("aten::size", Size);
        yield return ("aten::numel", call => [Known(call, SizeExpression.Product(call.Sizes(0)))]);
        yield return ("aten::dim", call => [Known(call, call.Rank(0))]);
        yield return ("aten::len", call => [Known(call, call.Argument(0) is ListValue list ? list.Items.Count : call.Sizes(0)[0])]);
        foreach (var name in new[] { "prim::NumToTensor", "aten::Int", "aten::IntImplicit", "aten::ScalarImplicit", "aten::FloatImplicit", "aten::scalar_tensor" })
            yield return (name, Number);
    }

    private static IReadOnlyList<LoweredValue> Unpack(LoweringCall call)
    {
        var items = call.List(0);
        return items.Count == call.OutputCount ? items : throw call.Refuse($"the list has {items.Count} items, {call.OutputCount} were unpacked", "Record the network again.");
    }

    private static IReadOnlyList<LoweredValue> Item(LoweringCall call)
    {
        var items = call.List(0);
        var index = call.Int(1) is < 0 and var back ? back + items.Count : call.Int(1);
        return index >= 0 && index < items.Count ? [items[(int)index]] : throw call.Refuse($"item {call.Int(1)} of a list of {items.Count} was taken", "Record the network again.");
    }

    private static IReadOnlyList<LoweredValue> Size(LoweringCall call) =>
        call.IsNone(1) ? [new ListValue([.. call.Sizes(0).Select(size => Known(call, size))])] : [Known(call, call.Sizes(0)[call.Axis(1, call.Rank(0))])];

    private static IReadOnlyList<LoweredValue> Number(LoweringCall call) => call.Argument(0) switch
    {
        IntValue known when call.OutputOrNone(0) is not null => [new IntValue(known.Size, known.Recorded, isTensor: true)],
        IntValue known => [new IntValue(known.Size, known.Recorded)],
        FloatValue or BoolValue => [call.Argument(0)],
        _ => [Known(call, call.Size(0))],
    };

    internal static IntValue Known(LoweringCall call, SizeExpression size) =>
        new(size, [.. Enumerable.Range(0, call.State.Fit.Recordings).Select(size.At)], call.OutputOrNone(0) is { Rank: 0 });
}
