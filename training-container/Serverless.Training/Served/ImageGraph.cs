using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Training.Images;
using Serverless.Training.Images.Resizing;
using Serverless.Training.Images.Sets;

namespace Serverless.Training.Served;

/// <summary>
/// The part of a model's graph that makes what the network takes of raw images, exactly as in training. The input <c>image</c>, [N, height, width, channels] of 8-bit levels, is what any decoder
/// gives: rows from the top, pixels from the left, red, green, blue; of any size, which becomes the network's.
/// </summary>
internal static class ImageGraph
{
    /// <summary>The input.</summary>
    public const string Input = "image";

    /// <summary>The least version of ai.onnx whose Resize takes the mean over the pixels that become one.</summary>
    public const int Opset = 18;

    /// <summary>Adds the input and what comes behind it, [N, channels, height, width].</summary>
    public static GraphValue Add(GraphBuilder graph, ImageShape shape, ImageScaling scaling)
    {
        var image = graph.Input(Input, ElementType.UInt8, Dimension.Named("N"), Dimension.Named("height"), Dimension.Named("width"), shape.Channels);
        var levels = graph.Node("Cast", [image], [OnnxAttribute.Of("to", (long)ElementType.Float)]);
        var planes = graph.Node("Transpose", [levels], [OnnxAttribute.Of("perm", [0L, 3L, 1L, 2L])]);
        var sized = graph.Node("Resize", [planes, null, null, graph.Constant("imageSize", OnnxTensor.Of([(long)shape.Height, shape.Width], 2))],
            [OnnxAttribute.Of("mode", "linear"), OnnxAttribute.Of("antialias", 1), OnnxAttribute.Of("exclude_outside", 1), OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel"), OnnxAttribute.Of("axes", [2L, 3L])]);
        var rounded = graph.Node("Round", [graph.Node("Add", [sized, graph.Constant("aside", OnnxTensor.Of([ImageResize.Aside]))])]);
        var centred = graph.Node("Sub", [rounded, graph.Constant("means", OnnxTensor.Of([.. scaling.Means], 1, shape.Channels, 1, 1))]);
        return graph.Node("Mul", [centred, graph.Constant("scales", OnnxTensor.Of([.. scaling.Factors], 1, shape.Channels, 1, 1))]);
    }
}
