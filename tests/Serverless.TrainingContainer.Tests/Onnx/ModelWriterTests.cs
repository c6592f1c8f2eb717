using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Reading;
using Serverless.Onnx.Writing;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Onnx;

public sealed class ModelWriterTests
{
    [Fact]
    public void ToBytes_RichModel_IsTheGoldenFile()
    {
        var golden = Path.Combine(Needs.RepositoryRoot(), "tests/Serverless.TrainingContainer.Tests/Onnx/Golden/rich.onnx");
        var bytes = ModelWriter.ToBytes(SampleModels.Rich());

        if (Environment.GetEnvironmentVariable("SERVERLESS_WRITE_GOLDEN") == "1")
            File.WriteAllBytes(golden, bytes);

        Assert.Equal(File.ReadAllBytes(golden), bytes);
    }

    [Fact]
    public void ToBytes_WhatWasRead_IsTheSameAgain()
    {
        var bytes = ModelWriter.ToBytes(SampleModels.Rich());

        var read = ModelReader.Read(bytes);

        Assert.Equal(bytes, ModelWriter.ToBytes(read));
        Assert.Equal("""["a","b","c"]""", read.MetadataOf("classes"));
        Assert.Equal(["x", "colour"], read.Graph.Inputs.Select(input => input.Name));
        Assert.Equal("Float[N, 2]", read.Graph.Inputs[0].Type!.ToString());
    }

    [Fact]
    public async Task ToBytes_RichModel_IsAcceptedByOnnxItself()
    {
        var python = Needs.Python("onnx", "onnx");
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder["model.onnx"], ModelWriter.ToBytes(SampleModels.Rich()), TestContext.Current.CancellationToken);

        var (code, output) = await PythonProcess.RunAsync(python, "import onnx,sys; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True); print('accepted')", folder["model.onnx"]);

        Assert.True(code == 0 && output.Contains("accepted", StringComparison.Ordinal), output);
        Assert.Empty(OnnxChecker.Check(SampleModels.Rich()));
    }

    [Fact]
    public void ToBytes_DataOutside_IsRefused()
    {
        var model = SampleModels.Small();
        var outside = model with { Graph = model.Graph with { Initializers = [SampleModels.Three with { External = [new("location", "w.bin")] }] } };

        var error = Assert.Throws<InvalidOperationException>(() => ModelWriter.ToBytes(outside));

        Assert.Contains("'three'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(70_000)]
    public void ToBytes_DataOfAnySize_ComesBack(int count)
    {
        var data = Enumerable.Range(0, count).Select(i => i * 0.5f).ToArray();
        var model = SampleModels.Small();

        var read = ModelReader.Read(ModelWriter.ToBytes(model with { Graph = model.Graph with { Initializers = [OnnxTensor.Of(data, count) with { Name = "three" }] } }));

        Assert.Equal(OnnxTensor.Of(data, count).Data.ToArray(), read.Graph.Initializers[0].Data.ToArray());
    }
}
