namespace Serverless.Onnx.Graphs;

/// <summary>A named value of a graph (<c>ValueInfoProto</c>).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; null when not said.</param>
public sealed record OnnxValue(string Name, OnnxValueType? Type);
