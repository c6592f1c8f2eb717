namespace Serverless.Onnx.Lowering.Values;

/// <summary>A tensor that shares the memory of another, as a rule gives it back.</summary>
internal sealed class ViewValue(TensorValue source, ViewStep step) : LoweredValue
{
    public TensorValue Source => source;

    public ViewStep Step => step;
}
