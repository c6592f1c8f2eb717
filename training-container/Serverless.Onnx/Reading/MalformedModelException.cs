using Serverless.Onnx.Findings;

namespace Serverless.Onnx.Reading;

/// <summary>The bytes are no model that we read.</summary>
internal sealed class MalformedModelException(OnnxFindingCode code, string place, string what, string cure) : Exception(what)
{
    public OnnxFinding Finding { get; } = new(code, place, what, cure);
}
