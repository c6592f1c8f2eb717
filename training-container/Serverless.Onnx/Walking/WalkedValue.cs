using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Walking;

/// <summary>A value of the graph that is being written.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Element">The type of its elements.</param>
/// <param name="Shape">Its sizes in this run.</param>
internal sealed record WalkedValue(int Id, ElementType Element, IReadOnlyList<long> Shape)
{
    public int Rank => Shape.Count;
}
