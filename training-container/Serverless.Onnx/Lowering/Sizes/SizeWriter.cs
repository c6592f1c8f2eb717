using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Constants;

namespace Serverless.Onnx.Lowering.Sizes;

/// <summary>Writes sizes into a graph: constants where they are constant, else Shape, Mul, Add and Concat. The same size is written once.</summary>
internal sealed class SizeWriter(GraphBuilder graph, ConstantPool constants)
{
    private readonly Dictionary<SizeAtom, Func<GraphValue>> makers = [];
    private readonly Dictionary<string, GraphValue> written = new(StringComparer.Ordinal);

    /// <summary>Says how an atom is written, as a vector of one 64-bit integer. It is written when it is first needed; the first definition holds.</summary>
    public void Define(SizeAtom atom, Func<GraphValue> make) => makers.TryAdd(atom, make);

    /// <summary>An axis of a value, as a vector of one 64-bit integer.</summary>
    public GraphValue AxisOf(GraphValue value, int axis) => graph.Node("Shape", [value], [OnnxAttribute.Of("start", axis), OnnxAttribute.Of("end", axis + 1)]);

    /// <summary>A size as a vector of one 64-bit integer.</summary>
    public GraphValue One(SizeExpression size) => size.Constant is { } constant ? constants.Longs(constant) : Once($"size {size}", () => Add(size));

    /// <summary>A size as a single 64-bit integer without dimensions.</summary>
    public GraphValue Scalar(SizeExpression size) =>
        size.Constant is { } constant ? constants.Scalar(constant, ElementType.Int64) : Once($"scalar {size}", () => graph.Node("Squeeze", [One(size), constants.Longs(0)]));

    /// <summary>Sizes as a vector of 64-bit integers.</summary>
    public GraphValue Vector(IReadOnlyList<SizeExpression> sizes)
    {
        if (sizes.All(size => !size.IsDynamic))
            return constants.Longs([.. sizes.Select(size => size.Constant!.Value)]);
        return sizes.Count == 1 ? One(sizes[0]) : Once($"sizes {string.Join(", ", sizes)}", () => graph.Node("Concat", Pieces(sizes), [OnnxAttribute.Of("axis", 0)]));
    }

    private List<GraphValue?> Pieces(IReadOnlyList<SizeExpression> sizes)
    {
        List<GraphValue?> pieces = [];
        List<long> fixedOnes = [];
        foreach (var size in sizes)
        {
            if (size.Constant is { } constant)
            {
                fixedOnes.Add(constant);
                continue;
            }

            Flush();
            pieces.Add(One(size));
        }

        Flush();
        return pieces;

        void Flush()
        {
            if (fixedOnes.Count > 0)
                pieces.Add(constants.Longs([.. fixedOnes]));
            fixedOnes.Clear();
        }
    }

    private GraphValue Add(SizeExpression size) =>
        size.Terms.Select(term => Once($"term {term}", () => Multiply(term))).Aggregate((sum, term) => graph.Node("Add", [sum, term]));

    private GraphValue Multiply(SizeTerm term)
    {
        var factors = term.Atoms.Select(atom => Once($"atom {atom}", makers[atom])).ToList();
        if (term.Factor != 1 || factors.Count == 0)
            factors.Add(constants.Longs(term.Factor));
        return factors.Aggregate((product, factor) => graph.Node("Mul", [product, factor]));
    }

    private GraphValue Once(string key, Func<GraphValue> make)
    {
        if (!written.TryGetValue(key, out var value))
            written.Add(key, value = make());
        return value;
    }
}
