using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Training.Images.Rasters;
using Serverless.Training.Images.Resizing;
using Serverless.Training.Images.Sets;
using Serverless.Training.Served;
using Serverless.TrainingContainer.Tests.Onnx;

namespace Serverless.TrainingContainer.Tests.Training.Images;

public sealed class ImageResizeTests
{
    [Fact]
    public void Planes_OfTheSameSize_AreTheImage()
    {
        var image = new Raster(3, 2, 3, [.. Enumerable.Range(0, 18).Select(i => (byte)(i * 13))]);
        Assert.Equal(Enumerable.Range(0, 18).Select(i => image.Samples[i % 6 * 3 + i / 6]), ImageResize.Planes(image, 3, 2));
    }

    [Fact]
    public void Planes_HalfAsLarge_AreMeansUnderATriangle() =>
        // 8 → 4: reach 2, weights 1/8, 3/8, 3/8, 1/8 around each centre, cut at the edges and made a whole again
        Assert.Equal([(byte)Math.Round((3 * 0 + 3 * 10 + 20) / 7.0), (byte)Math.Round((10 + 3 * 20 + 3 * 30 + 40) / 8.0), (byte)Math.Round((30 + 3 * 40 + 3 * 50 + 60) / 8.0), (byte)Math.Round((50 + 3 * 60 + 3 * 70) / 7.0)],
            ImageResize.Planes(new(8, 1, 1, [0, 10, 20, 30, 40, 50, 60, 70]), 4, 1));

    [Theory]
    [InlineData(37, 29, 16, 16, 3)]
    [InlineData(8, 8, 28, 20, 1)]
    [InlineData(200, 3, 7, 9, 3)]
    [InlineData(16, 16, 16, 16, 1)]
    [InlineData(1, 1, 5, 4, 3)]
    public void Graph_OfAServedModel_MakesOfAnImageWhatTrainingMade(int width, int height, int toWidth, int toHeight, int channels)
    {
        var random = new Random(width);
        var samples = new byte[width * height * channels];
        random.NextBytes(samples);
        var scaling = new ImageScaling([.. Enumerable.Range(0, channels).Select(i => 100f + i)], [.. Enumerable.Range(0, channels).Select(i => 0.02f + i * 0.01f)]);
        var graph = new GraphBuilder("images", ImageGraph.Opset);
        graph.Output(graph.Node("Identity", [ImageGraph.Add(graph, new(channels, toHeight, toWidth), scaling)], output: "pixels"));
        var model = graph.ToModel("test", "1");
        Assert.Empty(OnnxChecker.Check(model));

        var served = ModelRun.Run(model, new OnnxTensor { Name = ImageGraph.Input, Element = ElementType.UInt8, Dims = [1, height, width, channels], Data = samples })["pixels"].Numbers();

        var trained = new float[toWidth * toHeight * channels];
        scaling.Apply(ImageResize.Planes(new(width, height, channels, samples), toWidth, toHeight), trained);
        Assert.Equal(trained.Length, served.Length);
        Assert.All(trained.Zip(served), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
