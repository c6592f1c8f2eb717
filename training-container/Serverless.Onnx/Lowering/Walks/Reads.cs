using Serverless.Onnx.Lowering.Values;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Walks;

/// <summary>Which operators of a recording matter, and when each value is read for the last time.</summary>
internal sealed class Reads
{
    private readonly Dictionary<int, int> last = [];
    private readonly HashSet<int> alive = [];

    /// <param name="graph">The recording.</param>
    /// <param name="writes">Whether an operator writes into its first input. Such operators always matter.</param>
    public Reads(RecordedGraph graph, Func<RecordedNode, bool> writes)
    {
        for (var i = 0; i < graph.Nodes.Count; i++)
            foreach (var input in graph.Nodes[i].Inputs)
                last[input] = i;
        foreach (var output in graph.Outputs)
            last[output.Id] = int.MaxValue;
        var needed = graph.Outputs.Select(output => output.Id).ToHashSet();
        for (var i = graph.Nodes.Count - 1; i >= 0; i--)
            if (writes(graph.Nodes[i]) || graph.Nodes[i].Outputs.Any(output => needed.Contains(output.Id)))
            {
                alive.Add(i);
                needed.UnionWith(graph.Nodes[i].Inputs);
            }
    }

    /// <summary>Whether an output, or a write, needs an operator.</summary>
    public bool IsAlive(int node) => alive.Contains(node);

    /// <summary>Tells the memories of a value when the value is read for the last time.</summary>
    public void Note(LoweredValue value, int id) => Note(value, last.GetValueOrDefault(id, -1), 0);

    private static void Note(LoweredValue value, int when, int depth)
    {
        if (value is TensorValue tensor)
            tensor.Memory.LastRead = Math.Max(tensor.Memory.LastRead, when);
        else if (value is ViewValue view)
            view.Source.Memory.LastRead = Math.Max(view.Source.Memory.LastRead, when);
        else if (value is ListValue list && depth < 16)
            foreach (var item in list.Items)
                Note(item, when, depth + 1);
    }
}
