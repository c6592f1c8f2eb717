using Serverless.Onnx.Building;

namespace Serverless.Onnx.Lowering.Values;

/// <summary>How a view comes from the tensor it looks at, and how a write into the view changes that tensor.</summary>
/// <param name="Read">From the tensor to the view.</param>
/// <param name="Write">From the tensor as it was and the view as it shall be to the tensor as it shall be; null when a write cannot be followed.</param>
internal sealed record ViewStep(Func<GraphValue, GraphValue> Read, Func<GraphValue, GraphValue, GraphValue>? Write)
{
    /// <summary>Whether it swaps the two axes of a matrix, and does nothing else.</summary>
    public bool IsMatrixTransposition { get; init; }
}
