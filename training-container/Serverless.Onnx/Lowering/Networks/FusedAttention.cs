using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>The fused forms of multi-head attention and of an encoder layer, [batch, steps, features], taken apart again.</summary>
internal static class FusedAttention
{
    private const long MaskOfPairs = 0;
    private const long MaskOfKeys = 1;

    private sealed record Projection(GraphValue Weight, GraphValue Bias);

    public static IReadOnlyList<LoweredValue> MultiHead(LoweringCall call)
    {
        IReadOnlyList<GraphValue> given = [call.Tensor(0), call.Tensor(1), call.Tensor(2)];
        IReadOnlyList<IReadOnlyList<SizeExpression>> sizes = [call.Sizes(0), call.Sizes(1), call.Sizes(2)];
        var (made, weights) = Attend(call, given, sizes, call.Int(3), call.Int(4), new(call.Tensor(5), call.Tensor(6)), new(call.Tensor(7), call.Tensor(8)), mask: 9, maskKind: 12);
        if (!call.BoolOr(10, true))
            return [made];
        return [made, call.BoolOr(11, true) ? call.Reduce("ReduceMean", weights, [1], keep: false) : weights];
    }

    public static IReadOnlyList<LoweredValue> EncoderLayer(LoweringCall call)
    {
        var x = call.Tensor(0);
        var (width, before, epsilon) = (call.Int(1), call.Bool(8), call.Float(9));
        GraphValue Norm(GraphValue value, int weight) => NormalizationRules.LayerNorm(call, value, [width], call.Tensor(weight), call.Tensor(weight + 1), epsilon);
        GraphValue Attention(GraphValue value) =>
            Attend(call, [value, value, value], [call.Sizes(0), call.Sizes(0), call.Sizes(0)], width, call.Int(2), new(call.Tensor(3), call.Tensor(4)), new(call.Tensor(5), call.Tensor(6)), mask: 18, maskKind: 19).Result;
        GraphValue Forward(GraphValue value)
        {
            var inner = Linear(call, value, new(call.Tensor(14), call.Tensor(15)));
            return Linear(call, call.Bool(7) ? ActivationRules.Gelu(call, inner, byTanh: false) : call.Emit("Relu", [inner]), new(call.Tensor(16), call.Tensor(17)));
        }

        if (before)
        {
            x = call.Emit("Add", [x, Attention(Norm(x, 10))]);
            return [call.Emit("Add", [x, Forward(Norm(x, 12))])];
        }

        x = Norm(call.Emit("Add", [x, Attention(x)]), 10);
        return [Norm(call.Emit("Add", [x, Forward(x)]), 12)];
    }

    private static (GraphValue Result, GraphValue Weights) Attend(
        LoweringCall call, IReadOnlyList<GraphValue> given, IReadOnlyList<IReadOnlyList<SizeExpression>> sizes, long width, long heads, Projection into, Projection outOf, int mask, int maskKind)
    {
        var parts = given.Select((value, i) => Heads(call, Linear(call, value, Third(call, into, i, width)), sizes[i], heads, width / heads, keys: i == 1)).ToList();
        var scores = call.Emit("MatMul", [call.Emit("Mul", [parts[0], call.Scalar(1 / Math.Sqrt((double)width / heads), call.Element(0))]), parts[1]]);
        if (!call.IsNone(mask))
            scores = call.Emit("Where", [Hidden(call, mask, call.IntOr(maskKind, MaskOfPairs)), call.Scalar(double.NegativeInfinity, call.Element(0)), scores]);
        var weights = call.Emit("Softmax", [scores], OnnxAttribute.Of("axis", -1));
        var mixed = call.Transpose(call.Emit("MatMul", [weights, parts[2]]), [0, 2, 1, 3]);
        return (Linear(call, call.Emit("Reshape", [mixed, call.Longs(0, 0, width)]), outOf), weights);
    }

    private static GraphValue Heads(LoweringCall call, GraphValue value, IReadOnlyList<SizeExpression> sizes, long heads, long each, bool keys) =>
        call.Transpose(call.Reshape(value, sizes, [sizes[0], sizes[1], heads, each]), keys ? [0, 2, 3, 1] : [0, 2, 1, 3]);

    /// <summary>Whoever is true in the mask is not seen: pairs [queries, keys], keys [batch, keys], or all [batch, heads, queries, keys].</summary>
    private static GraphValue Hidden(LoweringCall call, int mask, long kind)
    {
        var hidden = call.Cast(call.Tensor(mask), ElementType.Bool);
        return kind == MaskOfKeys && call.Rank(mask) == 2 ? call.Unsqueeze(hidden, 1, 2) : hidden;
    }

    private static Projection Third(LoweringCall call, Projection all, int part, long width) =>
        new(call.Slice(all.Weight, 0, part * width, (part + 1) * width), call.Slice(all.Bias, 0, part * width, (part + 1) * width));

    private static GraphValue Linear(LoweringCall call, GraphValue x, Projection by) => call.Emit("Add", [call.Emit("MatMul", [x, call.Transpose(by.Weight, [1, 0])]), by.Bias]);
}
