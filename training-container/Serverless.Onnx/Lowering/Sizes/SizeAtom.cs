namespace Serverless.Onnx.Lowering.Sizes;

/// <summary>A size that only the run knows: a dynamic axis of an input, or what an operator made of one.</summary>
/// <param name="name">Its name, unique in a graph; it names dimensions in the model.</param>
/// <param name="order">Its place among the atoms of a graph, so that expressions have one form.</param>
/// <param name="values">What it was in each recording.</param>
internal sealed class SizeAtom(string name, int order, IReadOnlyList<long> values)
{
    public string Name => name;

    public int Order => order;

    public IReadOnlyList<long> Values => values;

    public override string ToString() => name;
}
