using Serverless.Contracts.Models;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Sessions;

/// <summary>How the registry and the protocol show an input or output.</summary>
internal static class PortSignature
{
    /// <summary>Its name, type in the Open Inference Protocol's words, and shape.</summary>
    public static TensorSignature Of(TensorPort port) => new(port.Name, ElementTypes.Name(port.Type), port.Shape);
}
