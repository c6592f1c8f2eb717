using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Values;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>Dropout does nothing in evaluation, and gives the tensor itself back.</summary>
internal static class DropoutRules
{
    public static IEnumerable<(string Operator, LoweringRule Rule)> All()
    {
        foreach (var name in new[] { "dropout", "feature_dropout", "alpha_dropout", "feature_alpha_dropout", "native_dropout" })
            yield return ($"aten::{name}", Dropout);
    }

    private static IReadOnlyList<LoweredValue> Dropout(LoweringCall call)
    {
        if (call.Float(1) != 0 && call.BoolOr(2, true))
            throw Training.Refusal(call);
        return [call.Same(0)];
    }
}
