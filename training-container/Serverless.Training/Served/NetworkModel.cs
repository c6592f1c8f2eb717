using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Images;
using Serverless.Training.Images.Sets;
using Serverless.Training.Rows;
using Serverless.Training.Scores;
using Serverless.Training.Sequences;

namespace Serverless.Training.Served;

/// <summary>Makes the model of an endpoint of a network that classifies: raw columns go in, classes and their probabilities come out.</summary>
internal static class NetworkModel
{
    /// <summary>The output of a model that tells a number.</summary>
    public const string Value = "value";

    private const string Producer = "Serverless.Torch";
    private const string Rows = "tabular-network";

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

    /// <summary>A classifier of images from files.</summary>
    /// <param name="images">What it was learnt from.</param>
    /// <param name="scaling">How levels become what the network takes.</param>
    /// <param name="network">The exported network, [N, channels, height, width] to [N, classes], of <see cref="ImageGraph.Opset"/> at least.</param>
    /// <param name="scores">How well it does; null when not measured.</param>
    public static OnnxModel OfImageFiles(LearningImages images, ImageScaling scaling, OnnxModel network, ClassificationScores? scores)
    {
        const string Name = "image-classifier";
        var graph = Begin(Name, network);
        ClassGraph.Add(graph, graph.Inline(network.Graph, [ImageGraph.Add(graph, images.Shape, scaling)])[0], images.Labels);
        var metadata = ServedMetadata.OfClasses(Name, (ImageGraph.Input, "image"), images.Labels, images.Learn.Count, images.Held.Count, scores);
        return graph.ToModel(Producer, Version, [.. metadata, new("imageSize", FormattableString.Invariant($"{images.Shape.Height}x{images.Shape.Width}")), .. network.Metadata]);
    }

    /// <summary>A classifier of rows: numbers, and for each category the row of its table.</summary>
    /// <param name="data">What it was learnt from.</param>
    /// <param name="tables">A table for each category, [slots + 1, size]; the last row is for what has no slot.</param>
    /// <param name="network">The exported network, [N, numbers and sizes] to [N, classes].</param>
    /// <param name="scores">How well it does; null when not measured.</param>
    public static OnnxModel OfRows(LearningRows data, IReadOnlyList<OnnxTensor> tables, OnnxModel network, ClassificationScores? scores)
    {
        var graph = Begin(Rows, network);
        return Classes(graph, Rows, data, network, OfFeatures(graph, data, tables, network), scores);
    }

    /// <summary>A model that tells a number of rows: the output <see cref="Value"/>, [N], in the target's unit.</summary>
    /// <param name="data">What it was learnt from.</param>
    /// <param name="tables">As in <see cref="OfRows"/>.</param>
    /// <param name="network">The exported network, [N, numbers and sizes] to [N, 1], scaled as <see cref="NumberTarget"/> says.</param>
    /// <param name="scores">How well it does; null when not measured.</param>
    public static OnnxModel OfNumber(LearningRows data, IReadOnlyList<OnnxTensor> tables, OnnxModel network, RegressionScores? scores)
    {
        var graph = Begin(Rows, network);
        graph.Reserve(Value);
        var scaled = graph.Node("Squeeze", [OfFeatures(graph, data, tables, network), graph.Constant("lastAxis", OnnxTensor.Of([1L], 1))]);
        var spread = graph.Node("Mul", [scaled, graph.Constant("spread", OnnxTensor.Of([(float)data.Target!.Spread]))]);
        graph.Output(graph.Node("Add", [spread, graph.Constant("mean", OnnxTensor.Of([(float)data.Target.Mean]))], output: Value));
        return graph.ToModel(Producer, Version, [.. ServedMetadata.OfNumber(Rows, data, scores), .. network.Metadata]);
    }

    private static GraphValue OfFeatures(GraphBuilder graph, LearningRows data, IReadOnlyList<OnnxTensor> tables, OnnxModel network)
    {
        var inputs = TableGraph.Inputs(graph, data.Plan);
        List<GraphValue> parts = data.Plan.Numbers.Count > 0 ? [TableGraph.Dense(graph, data.Plan, inputs)] : [];
        foreach (var (category, table) in data.Plan.Categories.Zip(tables))
        {
            var slot = TableGraph.Slot(graph, category, inputs[category.Column], 0, category.Slots);
            var rows = graph.Node("Gather", [graph.Constant(category.Name + ":table", table), slot], [OnnxAttribute.Of("axis", 0)]);
            parts.Add(graph.Node("Flatten", [rows], [OnnxAttribute.Of("axis", 1)]));
        }

        return graph.Inline(network.Graph, [parts.Count == 1 ? parts[0] : graph.Node("Concat", parts, [OnnxAttribute.Of("axis", 1)])])[0];
    }

    /// <summary>A classifier of texts.</summary>
    /// <param name="column">The input's name, the column of texts.</param>
    /// <param name="texts">What it was learnt from.</param>
    /// <param name="maxLength">So many words of a text are read.</param>
    /// <param name="network">The exported network, numbers of words [N, length] to [N, classes].</param>
    /// <param name="scores">How well it does; null when not measured.</param>
    public static OnnxModel OfTexts(string column, LabelledTexts texts, int maxLength, OnnxModel network, ClassificationScores? scores)
    {
        const string Name = "sequence-classifier";
        var graph = Begin(Name, network);
        var ids = TextGraph.AddIds(graph, graph.Input(column, ElementType.String, Dimension.Named("N"), 1), texts.Vocabulary, maxLength);
        ClassGraph.Add(graph, graph.Inline(network.Graph, [ids])[0], texts.Labels);
        return graph.ToModel(Producer, Version, [.. ServedMetadata.OfClasses(Name, (column, "text"), texts.Labels, texts.Learn.Count, texts.Held.Count, scores), .. network.Metadata]);
    }

    private static string Version => typeof(NetworkModel).Assembly.GetName().Version!.ToString(3);

    private static GraphBuilder Begin(string name, OnnxModel network)
    {
        var opset = (int)network.Opsets.First(opset => opset.Domain == OpsetImport.Main).Version;
        var graph = opset >= TextGraph.Opset ? new GraphBuilder(name, opset, TextGraph.MachineLearningOpset) : new GraphBuilder(name, opset);
        graph.Reserve([.. ClassGraph.Outputs]);
        return graph;
    }

    private static OnnxModel Classes(GraphBuilder graph, string name, LearningRows data, OnnxModel network, GraphValue logits, ClassificationScores? scores)
    {
        ClassGraph.Add(graph, logits, data.Labels);
        return graph.ToModel(Producer, Version, [.. ServedMetadata.Of(name, data, scores), .. network.Metadata]);
    }
}
