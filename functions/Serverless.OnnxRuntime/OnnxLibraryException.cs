namespace Serverless.OnnxRuntime;

/// <summary>ONNX Runtime's native library is not there, or too old.</summary>
/// <param name="message">What was looked for, and where.</param>
/// <param name="cure">What helps.</param>
public sealed class OnnxLibraryException(string message, string cure) : Exception(message)
{
    /// <summary>What helps.</summary>
    public string Cure { get; } = cure;
}
