using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering.Refusals;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Checks;

/// <summary>
/// Compares recordings of one network. At the same sizes they must be equal in everything, whatever the data was: else the network read its data and took a branch or a number from it, which
/// a graph would keep for ever. At other sizes they may differ in integers and shapes alone, which are fitted later.
/// </summary>
/// <param name="set">The recordings.</param>
/// <param name="refusals">Takes what is wrong.</param>
internal sealed class RecordingComparison(RecordingSet set, RefusalList refusals)
{
    private const string DataCure = "Keep values in tensors (where, masked_fill, index) instead of reading them by item() or data, and take no branch on them.";
    private const string SizeCure = "Make the tensor inside forward from the sizes by arange, ones or zeros, or fix that size.";

    private readonly HashSet<int> refused = [];

    /// <summary>The constants that were refused, by the first recording's numbers.</summary>
    public IReadOnlySet<int> Refused => refused;

    /// <returns>Whether the recordings are operator by operator the same, so that they can be lowered.</returns>
    public bool Run()
    {
        var aligned = true;
        for (var i = 1; i < set.All.Count; i++)
            aligned &= Inputs(i) && Nodes(i) && Outputs(i);
        return aligned;
    }

    private bool Inputs(int recording)
    {
        var (first, other) = (set.First.Inputs, set.All[recording].Inputs);
        if (!first.Select(Form).SequenceEqual(other.Select(Form)))
        {
            refusals.Add(new("", "", $"the inputs or parameters of recording {recording} are not those of the first", "Give arguments of the same names, types and numbers of dimensions to each run, and leave the network as it is between them."));
            return false;
        }

        var rewritten = RunningStatistics.Of(set.First);
        foreach (var (a, b) in first.Zip(other))
            if (a.Data is { } left && b.Data is { } right && !Same(left, right) && !(rewritten.Contains(a.Id) && RunningStatistics.AreSame(left, right)))
                refusals.Add(new("", "", $"the {a.Role.ToString().ToLowerInvariant()} '{a.Name}' changed between the recordings", "Call eval() before the export, and change no parameters or buffers in forward."));
        return true;
    }

    private static (string Name, RecordedRole Role, ElementType Element, int Rank) Form(RecordedInput input) => (input.Name, input.Role, input.Type.Element, input.Type.Shape.Count);

    private bool Nodes(int recording)
    {
        var (first, other) = (set.First, set.All[recording]);
        var sameSizes = first.Inputs.Zip(other.Inputs).All(pair => pair.First.Type == pair.Second.Type);
        var numbers = first.Inputs.Zip(other.Inputs).ToDictionary(pair => pair.Second.Id, pair => pair.First.Id);
        for (var i = 0; i < Math.Max(first.Nodes.Count, other.Nodes.Count); i++)
        {
            var a = i < first.Nodes.Count ? first.Nodes[i] : null;
            var b = i < other.Nodes.Count ? other.Nodes[i] : null;
            if (a is null || b is null || !Alike(a, b, numbers))
            {
                refusals.Add(NextWithPlace(a is null ? other : first, i), $"the network took another way in recording {recording}: operator {i} is {b?.Operator ?? "not there"} there, and {a?.Operator ?? "not there"} in the first", sameSizes ? DataCure : "Take no branch and no loop on a size: the operators must be the same at every size.");
                return false;
            }

            foreach (var (x, y) in a.Outputs.Zip(b.Outputs))
                numbers[y.Id] = x.Id;
            if (a.Constant is { } left && b.Constant is { } right)
                Constants(a, left, right, recording, sameSizes);
            if (sameSizes && !a.Outputs.Select(output => output.Type).SequenceEqual(b.Outputs.Select(output => output.Type)))
                refusals.Add(set.Named(a), $"its result has the type {string.Join(", ", a.Outputs.Select(output => output.Type))} with one set of data and {string.Join(", ", b.Outputs.Select(output => output.Type))} with another", DataCure);
        }

        return true;
    }

    /// <summary>The operator at which recordings part, or the next one that says its line.</summary>
    private static RecordedNode NextWithPlace(RecordedGraph graph, int from) => graph.Nodes.Skip(from).FirstOrDefault(node => node.Place.Length > 0) ?? graph.Nodes[from];

    private static bool Alike(RecordedNode a, RecordedNode b, Dictionary<int, int> numbers) =>
        a.Operator == b.Operator && a.Outputs.Count == b.Outputs.Count && a.Inputs.SequenceEqual(b.Inputs.Select(input => numbers.GetValueOrDefault(input, -1)))
        && a.Constant?.Kind == b.Constant?.Kind
        && a.Outputs.Zip(b.Outputs).All(pair => (pair.First.Type.Kind, pair.First.Type.Element, pair.First.Type.Shape.Count) == (pair.Second.Type.Kind, pair.Second.Type.Element, pair.Second.Type.Shape.Count));

    private void Constants(RecordedNode node, RecordedConstant left, RecordedConstant right, int recording, bool sameSizes)
    {
        var mayDiffer = !sameSizes && left.Kind is (ConstantKind.Int or ConstantKind.Ints) && left.Ints.Count == right.Ints.Count;
        if (left == right || mayDiffer)
            return;
        refused.Add(node.Outputs[0].Id);
        if (sameSizes)
            refusals.Add(set.Named(node), $"a constant is {left} with one set of data and {right} with another: it was read from data", DataCure);
        else
            refusals.Add(set.Named(node), $"a constant is {left} in the first recording and {right} in recording {recording}: it depends on the sizes, or on data", SizeCure);
    }

    private bool Outputs(int recording)
    {
        var names = set.First.Outputs.Select(output => output.Name);
        if (names.SequenceEqual(set.All[recording].Outputs.Select(output => output.Name)))
            return true;
        refusals.Add(new("", "", $"recording {recording} has other outputs than the first", "Return the same values from forward in each run."));
        return false;
    }

    private static bool Same(OnnxTensor left, OnnxTensor right) =>
        left.Dims.SequenceEqual(right.Dims) && (left.Data.Equals(right.Data) || left.Data.Span.SequenceEqual(right.Data.Span));
}
