using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Sequences;

namespace Serverless.Training.Served;

/// <summary>Makes the model of an endpoint that writes a text for a text. The output <c>text</c>, [N], is as <see cref="Vocabulary.Decode"/> makes it.</summary>
internal static class TranslationModel
{
    /// <summary>The output.</summary>
    public const string Text = "text";

    /// <summary>Makes the model.</summary>
    /// <param name="column">The input's name, the column of texts that are read.</param>
    /// <param name="pairs">What it was learnt from.</param>
    /// <param name="maxLength">So many words of a text are read.</param>
    /// <param name="maxWritten">The words that the network writes.</param>
    /// <param name="network">The exported network, numbers of words [N, length] to those written [N, maxWritten], 0 behind the end.</param>
    /// <param name="metadata">What the model says about itself.</param>
    public static OnnxModel Of(string column, TextPairs pairs, int maxLength, int maxWritten, OnnxModel network, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var graph = new GraphBuilder("sequence-to-sequence", TextGraph.Opset, TextGraph.MachineLearningOpset);
        graph.Reserve(Text);
        var ids = TextGraph.AddIds(graph, graph.Input(column, ElementType.String, Dimension.Named("N"), 1), pairs.Source, maxLength);
        var written = graph.Inline(network.Graph, [ids])[0];
        var first = graph.Constant("firstWords", Words(pairs.Target, ""));
        var later = graph.Constant("laterWords", Words(pairs.Target, " "));
        var text = At(graph, first, written, 0);
        for (var place = 1; place < maxWritten; place++)
            text = graph.Node("StringConcat", [text, At(graph, later, written, place)]);
        graph.Output(graph.Node("Identity", [text], output: Text), TensorType.Of(ElementType.String, Dimension.Named("N")));
        return graph.ToModel("Serverless.Torch", typeof(TranslationModel).Assembly.GetName().Version!.ToString(3), [.. metadata, .. network.Metadata]);
    }

    /// <summary>The word of each row at a place.</summary>
    private static GraphValue At(GraphBuilder graph, GraphValue words, GraphValue written, long place) =>
        graph.Node("Gather", [words, graph.Node("Gather", [written, graph.Constant("place", OnnxTensor.Of([place]))], [OnnxAttribute.Of("axis", 1)])], [OnnxAttribute.Of("axis", 0)]);

    private static OnnxTensor Words(Vocabulary vocabulary, string before) =>
        OnnxTensor.Of([.. Enumerable.Repeat("", Vocabulary.Reserved), .. vocabulary.Words.Select(word => before + word)], vocabulary.Size);
}
