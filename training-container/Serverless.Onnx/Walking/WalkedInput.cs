using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Walking;

/// <summary>An input as it would be given in one run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">The type of its elements.</param>
/// <param name="Shape">Its sizes in that run.</param>
public sealed record WalkedInput(string Name, ElementType Element, IReadOnlyList<long> Shape);
