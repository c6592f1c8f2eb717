using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Sizes;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Puts what a max pooling took back where it was, among zeros.</summary>
internal static class UnpoolingRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::max_unpool2d", call => Unpool(call, 2));
        yield return ("aten::max_unpool3d", call => Unpool(call, 3));
    }

    private static IReadOnlyList<LoweredValue> Unpool(LoweringCall call, int axes)
    {
        var (sizes, wanted) = (call.Sizes(0), call.SizeList(2));
        var outer = sizes.Take(sizes.Count - axes).ToList();
        IReadOnlyList<SizeExpression> flat = [.. outer, SizeExpression.Product(sizes.TakeLast(axes))];
        IReadOnlyList<SizeExpression> room = [.. outer, SizeExpression.Product(wanted)];
        var zeros = call.Expand(call.Scalar(0, call.Element(0)), [], room);
        var made = call.Emit("ScatterElements", [zeros, call.Reshape(call.Tensor(1), sizes, flat), call.Reshape(call.Tensor(0), sizes, flat)], OnnxAttribute.Of("axis", outer.Count));
        return [call.Reshape(made, room, [.. outer, .. wanted])];
    }
}
