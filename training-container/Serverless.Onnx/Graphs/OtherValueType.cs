namespace Serverless.Onnx.Graphs;

/// <summary>A type that is not a tensor. It is kept as it was encoded and not looked into, so that no depth of nesting can do harm.</summary>
/// <param name="Kind">sequence, map, optional, sparse tensor, opaque, or unknown.</param>
/// <param name="Encoded">The whole <c>TypeProto</c>.</param>
public sealed record OtherValueType(string Kind, ReadOnlyMemory<byte> Encoded) : OnnxValueType;
