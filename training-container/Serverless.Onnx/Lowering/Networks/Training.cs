using Serverless.Onnx.Lowering.Calls;
using Serverless.Onnx.Lowering.Refusals;

namespace Serverless.Onnx.Lowering.Networks;

/// <summary>What behaves in one way in training and in another in evaluation is exported in evaluation only.</summary>
internal static class Training
{
    public static RefusedException Refusal(LoweringCall call) =>
        call.Refuse($"{call.Node.Operator} was recorded in training mode, in which it draws random numbers or uses the batch's own statistics", "Call eval() on the network before the export, and pass training: false where your forward calls the function itself.");
}
