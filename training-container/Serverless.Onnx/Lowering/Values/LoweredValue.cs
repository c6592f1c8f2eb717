using Serverless.Onnx.Building;

namespace Serverless.Onnx.Lowering.Values;

/// <summary>What became of a recorded value.</summary>
internal abstract class LoweredValue
{
    private protected LoweredValue()
    {
    }

    /// <summary>A new tensor that shares its memory with no other.</summary>
    public static implicit operator LoweredValue(GraphValue value) => new FreshValue(value);
}
