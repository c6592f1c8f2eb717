namespace Serverless.Onnx.Lowering.Values;

/// <summary>A floating-point number.</summary>
internal sealed class FloatValue(double value) : LoweredValue
{
    public double Value => value;
}
