using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Lookups in tables.</summary>
internal static class EmbeddingRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        yield return ("aten::embedding", call => [call.Emit("Gather", [call.Tensor(0), call.Tensor(1)], OnnxAttribute.Of("axis", 0))]);
        yield return ("aten::one_hot", OneHot);
    }

    private static IReadOnlyList<LoweredValue> OneHot(LoweringCall call)
    {
        var classes = call.IntOr(1, -1);
        if (classes < 0)
            throw call.Refuse("its number of classes is read from the data", "Give one_hot the number of classes.");
        return [call.Emit("OneHot", [call.Tensor(0), call.Longs(classes), call.Longs(0, 1)], OnnxAttribute.Of("axis", -1))];
    }
}
