using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Lowering.Checks;

/// <summary>Recordings of one network, operator by operator the same.</summary>
/// <param name="recordings">The recordings; the first gives the numbers and the places.</param>
internal sealed class RecordingSet(IReadOnlyList<RecordedGraph> recordings)
{
    private readonly Dictionary<int, RecordedNode> users = Users(recordings[0]);

    public RecordedGraph First => recordings[0];

    public IReadOnlyList<RecordedGraph> All => recordings;

    /// <summary>What a constant was in each recording.</summary>
    public IReadOnlyList<RecordedConstant> ConstantsOf(int node) => [.. recordings.Select(each => each.Nodes[node].Constant ?? RecordedConstant.None)];

    /// <summary>The types of an output in each recording.</summary>
    public IReadOnlyList<RecordedType> TypesOf(int node, int output) => [.. recordings.Select(each => each.Nodes[node].Outputs[output].Type)];

    /// <summary>The operator that a refusal about a node names: of a constant or a list, the one that uses it, since constants have no line.</summary>
    public RecordedNode Named(RecordedNode node)
    {
        for (var i = 0; i < 8 && node.Place.Length == 0 && node.Outputs.Count > 0 && users.TryGetValue(node.Outputs[0].Id, out var user); i++)
            node = user;
        return node;
    }

    private static Dictionary<int, RecordedNode> Users(RecordedGraph graph)
    {
        Dictionary<int, RecordedNode> users = [];
        foreach (var node in graph.Nodes)
            foreach (var input in node.Inputs)
                users.TryAdd(input, node);
        return users;
    }
}
