using Serverless.Jobs;
using Serverless.Jobs.Arguments;
using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.TestKit;
using Serverless.Training.Images.Rasters;
using Serverless.Training.Images.Sets;
using Serverless.Training.Served;
using Serverless.Training.Tables;
using Serverless.TrainingContainer.Tests.Onnx;

namespace Serverless.TrainingContainer.Tests.Training.Images;

public sealed class ImageSetTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly StringWriter told = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_NameTheClasses_AlsoBelowOneFolderMore()
    {
        Put("all/cat/1.png", "grey8.png");
        Put("all/cat/more/2.PNG", "grey16.png");
        Put("all/dog/1.jpg", "greyj.jpg");
        Put("all/dog/notes.txt", "greyj.jpg");
        Assert.Equal([("all/cat/1.png", "cat"), ("all/cat/more/2.PNG", "cat"), ("all/dog/1.jpg", "dog")], ImageFolder.Find(folder["train"]).Select(file => (file.Name, file.Label)));
    }

    [Fact]
    public void Folder_WithAnImageOfNoClass_IsRefusedByItsName()
    {
        Put("cat/1.png", "grey8.png");
        Put("stray.png", "grey8.png");
        Assert.Contains("'stray.png' lies in no folder that names its class", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_WithOneClassOnly_SaysSo()
    {
        Put("cat/1.png", "grey8.png");
        Put("cat/2.png", "grey8.png");
        Assert.Contains("all 2 images are in 'cat'", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_OfPathsAndClasses_IsRead()
    {
        Put("pictures/1.png", "grey8.png");
        Put("pictures/2.png", "grey8i.png");
        Write("index.csv", "file,kind", "pictures/1.png,a", "pictures/2.png,b");
        var images = Read("--path", "file", "--target", "kind", "--holdout", "0");
        Assert.Equal(["a", "b"], images.Labels.Names);
        Assert.Equal((1, 11, 13), (images.Shape.Channels, images.Shape.Height, images.Shape.Width)); // a small size that all have is kept
    }

    [Theory]
    [InlineData("../secret.png", "leads out of the input")]
    [InlineData("/etc/passwd", "leads out of the input")]
    [InlineData("pictures/../../secret.png", "leads out of the input")]
    [InlineData("pictures/9.png", "is not there")]
    public void Table_WithAPathThatLeadsNowhere_NamesIt(string path, string problem)
    {
        File.WriteAllText(folder["secret.png"], "");
        Write("index.csv", "file,kind", $"{path},a");
        Assert.Contains($"'{path}' {problem}", Refused("--path", "file", "--target", "kind"), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_ThatAreBroken_AreRefusedByNameAndPlaceOrLeftOut()
    {
        Classes();
        File.WriteAllBytes(folder["train/a/cut.jpg"], ImageFixture.Read("420.jpg").Bytes[..^40]);
        Put("b/cmyk.jpg", "cmyk.refused.jpg");
        var message = Refused();
        Assert.Contains($"2 of 14 images cannot be read: 'a/cut.jpg': its data has an end in the middle (byte {ImageFixture.Read("420.jpg").Bytes.Length - 40})", message, StringComparison.Ordinal);
        Assert.Contains("'b/cmyk.jpg': it is a JPEG with four components (CMYK, for printing), which is not read", message, StringComparison.Ordinal);
        Assert.Contains("--skip-broken", message, StringComparison.Ordinal);

        var images = Read("--skip-broken");
        Assert.Equal(12, images.Learn.Count + images.Held.Count);
        Assert.Contains("2 of 14 images are left out", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_OfSeveralSizesAndColours_BecomeOne()
    {
        Classes();
        Put("a/tall.jpg", "tall.jpg");
        var images = Read();
        Assert.Equal((3, 64, 64), (images.Shape.Channels, images.Shape.Height, images.Shape.Width));
        Assert.Contains("Images are brought to 64 × 64 pixels, because images have different sizes, such as 13 × 11 and 3 × 17", told.ToString(), StringComparison.Ordinal);
        var pixels = new float[images.Shape.Pixels];
        Enumerable.Range(0, images.Learn.Count).ToList().ForEach(row => images.Learn.Read(row, pixels));
    }

    [Fact]
    public void Images_AsGreyOnes_HaveOneChannel()
    {
        Classes();
        Put("a/tall.jpg", "tall.jpg");
        Assert.Equal(1, Read("--channels", "1", "--image-size", "9x7").Shape.Channels);
    }

    [Fact]
    public void Raster_WithOpacity_LooksAsOnWhitePaper() =>
        Assert.Equal([10, 20, 30, 255, 255, 255, 128, 128, 128], new Raster(3, 1, 4, [10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 0, 127]).OnWhite().Samples);

    [Fact]
    public void Test_WithAClassThatTrainingLacks_IsRefused()
    {
        Classes();
        Directory.CreateDirectory(folder["test/c"]);
        Directory.CreateDirectory(folder["test/a"]);
        File.Copy(Path.Combine(ImageFixture.Folder, "grey8.png"), folder["test/c/1.png"]);
        File.Copy(Path.Combine(ImageFixture.Folder, "grey8.png"), folder["test/a/1.png"]);
        Assert.Contains("'c'", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("64x")]
    [InlineData("9999")]
    [InlineData("a")]
    public void ImageSize_ThatIsNone_IsRefused(string size) =>
        Assert.Contains($"--image-size '{size}' is not", Assert.ThrowsAny<ArgumentException>(() => Read("--image-size", size)).Message, StringComparison.Ordinal);

    [Fact]
    public void OfImageFiles_TakesRawImagesOfAnySize()
    {
        Classes();
        var (images, scaling) = ReadBoth("--image-size", "2", "--channels", "1");
        var model = NetworkModel.OfImageFiles(images, scaling, FirstAndLast(), scores: null);
        Assert.Empty(OnnxChecker.Check(model));
        double Odds(int side, params byte[] levels)
        {
            var odds = ModelRun.Run(model, new OnnxTensor { Name = "image", Element = ElementType.UInt8, Dims = [1, side, side, 1], Data = levels })["probabilities"].Numbers();
            return Math.Log(odds[0] / odds[1]);
        }

        var expected = (100 - 140) * scaling.Factors[0];
        Assert.Equal(expected, Odds(2, 100, 0, 0, 140), 1e-4);
        Assert.InRange(Odds(4, 100, 100, 0, 0, 100, 100, 0, 0, 0, 0, 140, 140, 0, 0, 140, 140), expected, 0.5 * expected); // each mean reaches into its neighbours a little
    }

    /// <summary>[N, 1, 2, 2] to two scores: the first pixel, and the last.</summary>
    private static OnnxModel FirstAndLast()
    {
        var graph = new GraphBuilder("network", ImageGraph.Opset);
        var input = graph.Input("input", ElementType.Float, Dimension.Named("batch"), 1, 2, 2);
        var flat = graph.Node("Flatten", [input], [OnnxAttribute.Of("axis", 1)]);
        graph.Output(graph.Node("Gather", [flat, graph.Constant("which", OnnxTensor.Of([0L, 3L], 2))], [OnnxAttribute.Of("axis", 1)], "output"));
        return graph.ToModel("test", "1");
    }

    private void Classes()
    {
        foreach (var label in new[] { "a", "b" })
            for (var i = 0; i < 6; i++)
                Put($"{label}/{i}.png", label == "a" ? "grey8.png" : "grey8i.png");
    }

    private LearningImages Read(params string[] arguments) => ReadBoth(arguments).Images;

    private (LearningImages Images, ImageScaling Scaling) ReadBoth(params string[] arguments)
    {
        var given = JobArguments.Parse(arguments);
        Assert.True(ImageSetOptions.AreMeant(given));
        var options = ImageSetOptions.Parse(given);
        given.ThrowIfWrong();
        Dictionary<string, string> variables = new() { [JobVariables.Input("train")] = folder["train"] };
        if (Directory.Exists(folder["test"]))
            variables[JobVariables.Input("test")] = folder["test"];
        using var job = new JobEnvironment(variables);
        return new ImageSetReader(options, 2, told).Read(job);
    }

    private string Refused(params string[] arguments) => Assert.Throws<DataException>(() => Read(arguments)).Message;

    private void Put(string name, string fixture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder["train/" + name])!);
        File.Copy(Path.Combine(ImageFixture.Folder, fixture), folder["train/" + name]);
    }

    private void Write(string name, params string[] lines)
    {
        Directory.CreateDirectory(folder["train"]);
        File.WriteAllLines(folder["train/" + name], lines);
    }
}
