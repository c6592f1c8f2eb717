using Serverless.Onnx.Checking;
using Serverless.Onnx.Reading;
using Serverless.Onnx.Writing;
using Serverless.TestKit;
using Serverless.TrainingContainer.Tests.Onnx.Precision;

namespace Serverless.TrainingContainer.Tests.Onnx.Writing;

public sealed class ModelFilesTests
{
    private static readonly ModelFileOptions Low = new() { MostBytesInside = 10_000 };

    [Fact]
    public void Write_Small_IsOneFile()
    {
        using var folder = new TempFolder();

        var files = ModelFiles.Write(SampleModels.Rich(), folder["model.onnx"]);

        Assert.Equal([folder["model.onnx"]], files);
        Assert.Equal(ModelWriter.ToBytes(SampleModels.Rich()), File.ReadAllBytes(folder["model.onnx"]));
    }

    [Fact]
    public void Write_Large_PutsWeightsBesideItAlignedAndWhole()
    {
        using var folder = new TempFolder();
        var model = PrecisionModels.Classifier();

        var files = ModelFiles.Write(model, folder["model.onnx"], Low);

        Assert.Equal([folder["model.onnx"], folder["model.onnx.data"]], files);
        var read = ModelReader.Read(File.ReadAllBytes(files[0]));
        Assert.Empty(OnnxChecker.Check(read, new() { ExternalDataFolder = Path.GetDirectoryName(files[0]) }));
        var data = File.ReadAllBytes(files[1]);
        foreach (var (before, after) in model.Graph.Initializers.Zip(read.Graph.Initializers))
        {
            Assert.Equal(before.Data.Length < 1024, after.External is null);
            if (after.External is not { } external)
                continue;
            var place = external.ToDictionary();
            Assert.Equal("model.onnx.data", place["location"]);
            var offset = int.Parse(place["offset"], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(0, offset % 4096);
            Assert.Equal(before.Data.ToArray(), data[offset..(offset + before.Data.Length)]);
        }

        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(files[0])!).Length);
    }

    [Fact]
    public async Task Write_Large_IsReadByOnnxItself()
    {
        var python = Needs.Python("onnx", "onnx");
        using var folder = new TempFolder();
        var model = PrecisionModels.Classifier();
        ModelFiles.Write(model, folder["model.onnx"], Low);
        await File.WriteAllBytesAsync(folder["whole.onnx"], ModelWriter.ToBytes(model), TestContext.Current.CancellationToken);

        var (code, output) = await PythonProcess.RunAsync(python,
            "import onnx,sys; from onnx.numpy_helper import to_array as a; onnx.checker.check_model(sys.argv[1]); x,y=(onnx.load(p).graph.initializer for p in sys.argv[1:3]); assert all((a(i)==a(j)).all() for i,j in zip(x,y)); print('accepted')",
            folder["model.onnx"], folder["whole.onnx"]);

        Assert.True(code == 0 && output.Contains("accepted", StringComparison.Ordinal), output);
    }

    [Theory]
    [InlineData("a:b.onnx")]
    [InlineData(".hidden.onnx")]
    [InlineData("100%.onnx")]
    public void Write_NameThatReadersRefuse_IsRefusedBeforeAnythingIsWritten(string name)
    {
        using var folder = new TempFolder();

        Assert.Throws<ArgumentException>(() => ModelFiles.Write(PrecisionModels.Classifier(), folder[name], Low));

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder[name])!));
    }
}
