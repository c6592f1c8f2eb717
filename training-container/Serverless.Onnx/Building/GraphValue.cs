using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Building;

/// <summary>A value in a graph that is being built.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null when the operator that makes it is not one whose types we follow.</param>
public sealed record GraphValue(string Name, TensorType? Type);
