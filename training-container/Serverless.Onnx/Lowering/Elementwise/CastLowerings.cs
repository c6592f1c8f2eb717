using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Elementwise;

/// <summary>Changes of the element type, and copies.</summary>
internal static class CastLowerings
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "to", "type_as", "float", "double", "half", "int", "long", "short", "char", "byte", "bool", "cpu", "cuda", "bfloat16", "_cast_Float", "_cast_Double", "_cast_Int", "_cast_Long" })
            yield return ($"aten::{name}", To);
        foreach (var name in new[] { "aten::detach", "aten::alias", "aten::lift_fresh", "aten::lift", "aten::requires_grad_", "aten::real", "aten::conj", "aten::resolve_conj", "aten::resolve_neg", "prim::data", "aten::data", "aten::_conj", "aten::positive" })
            yield return (name, call => [call.Same(0)]);
        foreach (var name in new[] { "aten::clone", "aten::_to_copy" })
            yield return (name, call => [Cast(call)]);
        yield return ("aten::copy", call => [call.Expand(call.Operand(1, call.OutputElement()), call.Sizes(1), call.OutputSizes())]);
    }

    /// <summary>libtorch gives the tensor itself back when it has the type already, unless a copy is asked for.</summary>
    private static IReadOnlyList<LoweredValue> To(LoweringCall call)
    {
        if (call.OutputElement() != call.Element(0))
            return [Cast(call)];
        return [AsksForCopy(call) ? Cast(call) : Moves(call) ? call.MaybeView(0, call.Tensor(0)) : call.Same(0)];
    }

    /// <summary>Whether it names a device: then it is a copy where the tensor was on another one.</summary>
    private static bool Moves(LoweringCall call) => call.Node.Operator is "aten::cpu" or "aten::cuda" || Enumerable.Range(1, Math.Max(call.Count - 1, 0)).Any(i => call.Argument(i) is TextValue);

    /// <summary>All forms of <c>aten::to</c> end in (…, non_blocking, copy, memory_format).</summary>
    private static bool AsksForCopy(LoweringCall call) => call.Node.Operator == "aten::to" && call.Count >= 4 && call.Argument(call.Count - 2) is BoolValue { Value: true };

    private static Building.GraphValue Cast(LoweringCall call)
    {
        var (from, to) = (call.Element(0), call.OutputElement());
        if (from == to)
            return call.Emit("Identity", [call.Tensor(0)]);
        return ElementTypes.IsFloat(from) && to is ElementType.UInt8 or ElementType.Int8 or ElementType.Int16
            ? call.Cast(call.Cast(call.Tensor(0), ElementType.Int32), to) // libtorch cuts off what is too large; a direct cast need not
            : call.Cast(call.Tensor(0), to);
    }
}
