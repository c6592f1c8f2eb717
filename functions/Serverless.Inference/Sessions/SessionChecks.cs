using Serverless.Core.Endpoints;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Sessions;

/// <summary>Whether a loaded model is one that calls can reach.</summary>
internal static class SessionChecks
{
    /// <summary>What helps when the library refuses a model.</summary>
    public const string LoadCure = "Check the model with onnx.checker, and export it with operators and an opset that ONNX Runtime knows.";

    /// <summary>What helps when a model fails on an empty row.</summary>
    public const string RunCure = "Let the model take missing values (NaN, empty text) in its inputs and lengths of 1 in its open dimensions; look for endless loops and huge constants.";

    /// <summary>Its signature, or why calls cannot reach it.</summary>
    public static ModelCheck Judge(OnnxSession session)
    {
        if (session.Outputs.Count == 0)
            return ModelCheck.Refused("The model has no outputs.", "Export it with its outputs.");
        if (session.Inputs.FirstOrDefault(port => port.Type == ElementType.None) is { } odd)
            return ModelCheck.Refused($"The model's input '{odd.Name}' is no tensor, or of an element type that the Open Inference Protocol has no name for.", "Export the model with tensor inputs of FP16, FP32, FP64, BOOL, text or integers.");
        return session.Outputs.FirstOrDefault(port => port.Type == ElementType.None) is { } sequence
            ? ModelCheck.Refused($"The model's output '{sequence.Name}' is no tensor, or of an element type that the Open Inference Protocol has no name for.", "Export the model with tensor outputs (for skl2onnx: zipmap=False).")
            : new ModelCheck(true, null, null, [.. session.Inputs.Select(PortSignature.Of)], [.. session.Outputs.Select(PortSignature.Of)]);
    }
}
