namespace Serverless.Onnx.Graphs;

/// <summary>The type of a value: <see cref="TensorType"/> or <see cref="OtherValueType"/>.</summary>
public abstract record OnnxValueType
{
    private protected OnnxValueType()
    {
    }
}
