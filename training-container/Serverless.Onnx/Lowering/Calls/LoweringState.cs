using Serverless.Onnx.Building;
using Serverless.Onnx.Lowering.Constants;
using Serverless.Onnx.Lowering.Sizes;

namespace Serverless.Onnx.Lowering.Calls;

/// <summary>What all operators of a graph share while it is lowered.</summary>
/// <param name="graph">The graph that grows.</param>
/// <param name="opset">The version of ai.onnx.</param>
/// <param name="fit">Finds how integers depend on the dynamic sizes.</param>
/// <param name="atoms">How many atoms there are already.</param>
internal sealed class LoweringState(GraphBuilder graph, int opset, SizeFit fit, int atoms)
{
    private int count = atoms;

    public GraphBuilder Graph => graph;

    public int Opset => opset;

    public SizeFit Fit => fit;

    public ConstantPool Constants { get; } = new(graph);

    public SizeWriter Sizes => field ??= new(graph, Constants);

    /// <summary>A size that no polynomial gives, under a name of its own.</summary>
    public SizeExpression Atom(string name, IReadOnlyList<long> recorded, Func<GraphValue> make)
    {
        var atom = new SizeAtom($"{name}_{count}", count, recorded);
        count++;
        Sizes.Define(atom, make);
        return SizeExpression.Of(atom);
    }
}
