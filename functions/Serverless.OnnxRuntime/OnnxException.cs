namespace Serverless.OnnxRuntime;

/// <summary>ONNX Runtime refused something.</summary>
/// <param name="code">Its code (<c>OrtErrorCode</c>).</param>
/// <param name="message">Its words.</param>
public sealed class OnnxException(int code, string message) : Exception(message)
{
    /// <summary>Its code (<c>OrtErrorCode</c>): 2 invalid argument, 6 runtime exception, 7 invalid protobuf, 10 invalid graph, …</summary>
    public int Code { get; } = code;
}
