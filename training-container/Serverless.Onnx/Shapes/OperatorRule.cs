using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Shapes;

/// <summary>How many inputs and outputs an operator has, and how the types of its outputs come from its inputs.</summary>
/// <param name="MinInputs">The least number of inputs.</param>
/// <param name="MaxInputs">The greatest number of inputs.</param>
/// <param name="MaxOutputs">The greatest number of outputs.</param>
/// <param name="Infer">The types of the outputs; null where nothing is known.</param>
internal sealed record OperatorRule(int MinInputs, int MaxInputs, int MaxOutputs, Func<NodeTypes, TensorType?[]> Infer)
{
    public const int Any = int.MaxValue;
}
