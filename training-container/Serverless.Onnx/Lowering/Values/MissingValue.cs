namespace Serverless.Onnx.Lowering.Values;

/// <summary>An output that ONNX cannot give. It is refused only where something reads it.</summary>
/// <param name="what">What is missing.</param>
internal sealed class MissingValue(string what) : LoweredValue
{
    public string What => what;
}
