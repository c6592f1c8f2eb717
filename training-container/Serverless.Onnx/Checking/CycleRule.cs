using Serverless.Onnx.Findings;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Checking;

/// <summary>Finds nodes that need each other's outputs: what is left when every node whose inputs are there has been taken away (Kahn, 1962).</summary>
internal static class CycleRule
{
    private const int Shown = 5;

    public static void Check(OnnxGraph graph, string place, FindingList findings)
    {
        var maker = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < graph.Nodes.Count; i++)
            foreach (var output in graph.Nodes[i].Outputs)
                if (output.Length > 0)
                    maker.TryAdd(output, i);
        var waiting = new int[graph.Nodes.Count];
        var users = new List<int>?[graph.Nodes.Count];
        for (var i = 0; i < graph.Nodes.Count; i++)
            foreach (var input in graph.Nodes[i].Inputs)
                if (maker.TryGetValue(input, out var from))
                {
                    waiting[i]++;
                    (users[from] ??= []).Add(i);
                }

        var ready = new Queue<int>(Enumerable.Range(0, waiting.Length).Where(i => waiting[i] == 0));
        var taken = 0;
        for (; ready.TryDequeue(out var node); taken++)
            foreach (var user in users[node] ?? [])
                if (--waiting[user] == 0)
                    ready.Enqueue(user);
        if (taken == waiting.Length)
            return;
        var left = Enumerable.Range(0, waiting.Length).Where(i => waiting[i] > 0).Take(Shown).Select(i => $"node[{i}] makes {FindingList.Quote(graph.Nodes[i].Outputs.FirstOrDefault() ?? "")}");
        findings.Add(OnnxFindingCode.Cycle, place, $"{waiting.Length - taken} nodes need each other's outputs, or those of such nodes: {string.Join(", ", left)}", "Break the circle; for repetition use Loop or Scan.");
    }
}
