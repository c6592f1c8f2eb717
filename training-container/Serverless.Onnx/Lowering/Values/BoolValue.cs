namespace Serverless.Onnx.Lowering.Values;

/// <summary>A truth value.</summary>
internal sealed class BoolValue(bool value) : LoweredValue
{
    public bool Value => value;
}
