using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Images;
using Serverless.Training.Rows;
using Serverless.Training.Scores;

namespace Serverless.Training.Served;

/// <summary>Makes the model of an endpoint of a network: raw columns go in, and what a person asked for comes out.</summary>
internal static class NetworkModel
{
    private const string Producer = "Serverless.Torch";

    /// <summary>A classifier of images whose pixels are columns.</summary>
    /// <param name="data">What it was learnt from.</param>
    /// <param name="shape">The images.</param>
    /// <param name="network">The exported network, [N, channels, height, width] to [N, classes].</param>
    /// <param name="scores">How well it does; null when not measured.</param>
    public static OnnxModel OfImages(LearningRows data, ImageShape shape, OnnxModel network, ClassificationScores? scores)
    {
        var graph = Begin("image-classifier", network);
        var pixels = TableGraph.Dense(graph, data.Plan, TableGraph.Inputs(graph, data.Plan));
        var images = graph.Node("Reshape", [pixels, graph.Constant("imageShape", OnnxTensor.Of([-1L, shape.Channels, shape.Height, shape.Width], 4))]);
        return Classes(graph, "image-classifier", data, network, graph.Inline(network.Graph, [images])[0], scores);
    }

    private static GraphBuilder Begin(string name, OnnxModel network)
    {
        var graph = new GraphBuilder(name, (int)network.Opsets.First(opset => opset.Domain == OpsetImport.Main).Version);
        graph.Reserve([.. ClassGraph.Outputs]);
        return graph;
    }

    private static OnnxModel Classes(GraphBuilder graph, string name, LearningRows data, OnnxModel network, GraphValue logits, ClassificationScores? scores)
    {
        ClassGraph.Add(graph, logits, data.Labels);
        var version = typeof(NetworkModel).Assembly.GetName().Version!.ToString(3);
        return graph.ToModel(Producer, version, [.. ServedMetadata.Of(name, data, scores), .. network.Metadata]);
    }
}
