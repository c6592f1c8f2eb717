namespace Serverless.Onnx.Lowering.Values;

/// <summary>A text, also a device.</summary>
internal sealed class TextValue(string value) : LoweredValue
{
    public string Value => value;
}
