using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;

namespace Serverless.Training.Sequences;

/// <summary>The part of a text model's graph that turns texts into numbers, as <see cref="Vocabulary.Encode"/> does in training. It needs opset 20 of ONNX and 4 of its machine-learning operators.</summary>
internal static class TextGraph
{
    /// <summary>The opset that the operators need.</summary>
    public const int Opset = 20;

    /// <summary>The version of the machine-learning operators that they need.</summary>
    public const int MachineLearningOpset = 4;

    /// <summary>Adds the operators.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="texts">Texts, [rows, 1] or [rows].</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="maxLength">At most this many numbers a text.</param>
    /// <returns>int64 [rows, length], padded to the longest text of the batch: at least 1, at most <paramref name="maxLength"/>.</returns>
    public static GraphValue AddIds(GraphBuilder graph, GraphValue texts, Vocabulary vocabulary, int maxLength)
    {
        var flat = graph.Node("Reshape", [texts, Longs(graph, "everyRow", -1)]);
        var lower = graph.Node("StringNormalizer", [flat], [OnnxAttribute.Of("case_change_action", "LOWER"), OnnxAttribute.Of("is_case_sensitive", 1L), OnnxAttribute.Of("locale", "C")]);
        var words = graph.Node("StringSplit", [lower], 2)[0];
        var ids = graph.Node("ai.onnx.ml/LabelEncoder", [words],
        [
            OnnxAttribute.Of("keys_strings", ["", .. vocabulary.Forms.Keys]),
            OnnxAttribute.Of("values_int64s", [Vocabulary.Padding, .. vocabulary.Forms.Values.Select(id => (long)id)]),
            OnnxAttribute.Of("default_int64", (long)Vocabulary.Unknown),
        ]);
        var rows = graph.Node("Shape", [flat]);
        var column = graph.Node("Concat", [rows, Longs(graph, "one", 1)], [OnnxAttribute.Of("axis", 0L)]);
        var begin = graph.Node("Expand", [Longs(graph, "begin", Vocabulary.Begin), column]);
        var all = graph.Node("Concat", [begin, ids], [OnnxAttribute.Of("axis", 1L)]);
        return graph.Node("Slice", [all, Longs(graph, "from", 0), Longs(graph, "to", maxLength), Longs(graph, "alongWords", 1)]);
    }

    private static GraphValue Longs(GraphBuilder graph, string wish, long value) => graph.Constant(wish, OnnxTensor.Of([value], 1));
}
