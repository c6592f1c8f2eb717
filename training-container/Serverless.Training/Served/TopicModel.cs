using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Sequences;

namespace Serverless.Training.Served;

/// <summary>
/// Makes the model of a topic endpoint. The input is a document; the outputs are <c>topic</c>, the number of its strongest topic from 1, <c>words</c>, that topic's words, and
/// <c>weights</c>, [N, topics], the shares of all topics.
/// </summary>
internal static class TopicModel
{
    private const string Topic = "topic", Words = "words", Weights = "weights";

    /// <summary>The outputs, in order.</summary>
    public static readonly IReadOnlyList<string> Outputs = [Topic, Words, Weights];

    /// <summary>Makes the model.</summary>
    /// <param name="column">The input's name, the column of documents.</param>
    /// <param name="vocabulary">The words that are counted.</param>
    /// <param name="maxLength">So many words of a document are read.</param>
    /// <param name="counted">What each number of the vocabulary adds to the first layer, [size, width]; zeros for what is no word.</param>
    /// <param name="bias">The first layer's bias, [width].</param>
    /// <param name="topics">The words of each topic.</param>
    /// <param name="network">The exported network, the first layer's sums [N, width] to shares [N, topics].</param>
    /// <param name="metadata">What the model says about itself.</param>
    public static OnnxModel Of(string column, Vocabulary vocabulary, int maxLength, OnnxTensor counted, OnnxTensor bias, IReadOnlyList<string> topics, OnnxModel network, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var graph = new GraphBuilder("topics", TextGraph.Opset, TextGraph.MachineLearningOpset);
        graph.Reserve([.. Outputs]);
        var ids = TextGraph.AddIds(graph, graph.Input(column, ElementType.String, Dimension.Named("N"), 1), vocabulary, maxLength);
        var parts = graph.Node("Gather", [graph.Constant("counted", counted), ids], [OnnxAttribute.Of("axis", 0)]);
        var sums = graph.Node("ReduceSum", [parts, graph.Constant("alongWords", OnnxTensor.Of([1L], 1))], [OnnxAttribute.Of("keepdims", 0)]);
        var first = graph.Node("Add", [sums, graph.Constant("firstBias", bias)]);
        var weights = graph.Node("Identity", [graph.Inline(network.Graph, [first])[0]], output: Weights);
        var best = graph.Node("ArgMax", [weights], [OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0)]);
        graph.Output(graph.Node("Add", [best, graph.Constant("fromOne", OnnxTensor.Of([1L]))], output: Topic));
        graph.Output(graph.Node("Gather", [graph.Constant("topicWords", OnnxTensor.Of(topics, topics.Count)), best], [OnnxAttribute.Of("axis", 0)], Words));
        graph.Output(weights);
        return graph.ToModel("Serverless.Torch", typeof(TopicModel).Assembly.GetName().Version!.ToString(3), [.. metadata, .. network.Metadata]);
    }
}
