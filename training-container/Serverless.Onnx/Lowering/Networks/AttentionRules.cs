using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Attention where torch has one operator for it.</summary>
internal static class AttentionRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::scaled_dot_product_attention", call => [Scaled(call, causal: 5, scale: 6)]);
        yield return ("aten::_scaled_dot_product_attention", call => [Scaled(call, causal: 6, scale: null)]);
        yield return ("aten::_native_multi_head_attention", FusedAttention.MultiHead);
        yield return ("aten::_transformer_encoder_layer_fwd", FusedAttention.EncoderLayer);
    }

    /// <summary>softmax(scores) over the last axis, times values.</summary>
    public static GraphValue Weigh(LoweringCall call, GraphValue scores, GraphValue values) => call.Emit("MatMul", [call.Emit("Softmax", [scores], OnnxAttribute.Of("axis", -1)), values]);

    private static GraphValue Scaled(LoweringCall call, int causal, int? scale)
    {
        if (call.FloatOr(4, 0) != 0)
            throw Training.Refusal(call);
        if (call.BoolOr(7, false) && scale is not null && call.Sizes(0)[^3] != call.Sizes(1)[^3])
            throw call.Refuse("its keys have fewer heads than its queries (enable_gqa)", "Repeat the keys and values before the call (repeat_interleave).");
        var (element, rank) = (call.Element(0), call.Rank(0));
        var width = call.Sizes(0)[^1].Constant ?? throw call.Refuse($"the size of its heads is dynamic ({call.Sizes(0)[^1]})", "Use heads of fixed size.");
        var by = scale is { } at && !call.IsNone(at) ? call.Float(at) : 1 / Math.Sqrt(width);
        var keys = call.Transpose(call.Tensor(1), [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
        var scores = call.Emit("MatMul", [call.Emit("Mul", [call.Tensor(0), call.Scalar(by, element)]), keys]);
        if (call.BoolOr(causal, false))
            scores = call.Emit("Where", [Seen(call, call.Sizes(0)[^2], call.Sizes(1)[^2]), scores, call.Scalar(double.NegativeInfinity, element)]);
        if (!call.IsNone(3))
            scores = call.Element(3) == ElementType.Bool
                ? call.Emit("Where", [call.Tensor(3), scores, call.Scalar(double.NegativeInfinity, element)])
                : call.Emit("Add", [scores, call.Cast(call.Tensor(3), element)]);
        return Weigh(call, scores, call.Tensor(2));
    }

    /// <summary>[queries, keys]: a query sees the keys up to its own place.</summary>
    private static GraphValue Seen(LoweringCall call, SizeExpression queries, SizeExpression keys)
    {
        GraphValue Places(SizeExpression size) => call.Emit("Range", [call.Scalar(0, ElementType.Int64), call.SizeScalar(size), call.Scalar(1, ElementType.Int64)]);
        return call.Emit("GreaterOrEqual", [call.Unsqueeze(Places(queries), 1), Places(keys)]);
    }
}
