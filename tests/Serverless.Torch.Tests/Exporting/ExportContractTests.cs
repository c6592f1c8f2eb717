using Serverless.Onnx.Exporting;
using Serverless.Onnx.Parity;
using Serverless.Torch.Exporting;
using Serverless.Torch.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Exporting;

public sealed class ExportContractTests
{
    public ExportContractTests() => TestBridge.Require();

    [Fact]
    public void Mode_OfEveryModule_IsRestored()
    {
        var frozen = nn.BatchNorm1d(6);
        var module = nn.Sequential(("norm", frozen), ("dropout", nn.Dropout()), ("out", nn.Linear(6, 2)));
        module.train();
        frozen.eval();

        OnnxExporter.Export(module, randn(4, 6));

        Assert.True(module.training);
        Assert.Equal([false, true, true], module.children().Select(child => child.training));
    }

    [Fact]
    public void Mode_AfterARefusal_IsRestored()
    {
        var module = nn.Sequential(new Forward(x => x * x.sum().item<float>()), nn.Dropout());
        module.train();

        Assert.Throws<OnnxExportException>(() => OnnxExporter.Export(module, randn(4, 6)));

        Assert.All(module.children(), child => Assert.True(child.training));
    }

    [Fact]
    public void Statistics_OfANormalization_AreNotTouched()
    {
        var norm = nn.BatchNorm1d(6);
        var before = norm.running_mean!.clone();

        OnnxExporter.Export(norm, randn(4, 6) + 5);

        Assert.True(norm.running_mean!.allclose(before, 0, 0));
    }

    [Fact]
    public void Weight_UsedTwice_IsInTheFileOnce()
    {
        var shared = nn.Linear(6, 6);
        var export = OnnxExporter.Export(nn.Sequential(("first", shared), ("act", nn.ReLU()), ("second", shared)), randn(4, 6));

        Assert.Single(export.Model.Graph.Initializers, weight => weight.Dims.Count == 2);
    }

    [Fact]
    public void Export_InWords_IsOneLineWithoutItsWeights()
    {
        var export = OnnxExporter.Export(nn.Sequential(("first", nn.Linear(6, 6)), ("act", nn.ReLU())), randn(4, 6), new() { Name = "small" });

        Assert.Matches(@"^'small': 2 operators, 168 bytes of weights, recorded, off by \d\.\de[-+]\d\d at most$", export.ToString());
    }

    [Fact]
    public void Names_OfWeightsInputsAndOutputs_AreKept()
    {
        var export = OnnxExporter.Export(nn.Sequential(("hidden", nn.Linear(6, 3)), ("out", nn.Linear(3, 2))), randn(4, 6), new() { InputNames = ["features"], OutputNames = ["scores"], Metadata = [new("team", "search")] });

        Assert.Equal(["features"], export.Model.Graph.Inputs.Select(input => input.Name));
        Assert.Equal(["scores"], export.Model.Graph.Outputs.Select(output => output.Name));
        Assert.Contains(export.Model.Graph.Initializers, weight => weight.Name.StartsWith("hidden.weight", StringComparison.Ordinal));
        Assert.Equal("search", export.Model.MetadataOf("team"));
        Assert.NotNull(export.Model.MetadataOf("serverless.parity.deviation"));
    }

    [Fact]
    public void Inputs_Several_AreNamedAsTheParametersOfForward() =>
        Assert.Equal(["input1", "input2"], OnnxExporter.Export(nn.CosineSimilarity(), [randn(2, 3), randn(2, 3)]).Model.Graph.Inputs.Select(input => input.Name));

    [Fact]
    public void Model_AboveTheTolerance_IsNotWritten()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("serverless-test-").FullName, "model.onnx");

        var refused = Assert.Throws<OnnxExportException>(() => OnnxExporter.ExportTo(new Residual(64), [randn(4, 64)], path, new() { Tolerance = new ParityTolerance(0, 0) }));

        Assert.Contains("output 'output' at batch", refused.Message);
        Assert.Contains("largest deviation", refused.Message);
        Assert.False(File.Exists(path));
        Directory.Delete(Path.GetDirectoryName(path)!, true);
    }

    [Fact]
    public void Weights_OutsideTheFile_AreComparedToo()
    {
        var folder = Directory.CreateTempSubdirectory("serverless-test-");
        var export = OnnxExporter.Export(nn.Linear(64, 64), randn(4, 64), new() { Files = new() { MostBytesInside = 1000 } });

        var files = export.Save(Path.Combine(folder.FullName, "model.onnx"));

        Assert.Equal(2, files.Count);
        Assert.All(files, file => Assert.True(File.Exists(file)));
        folder.Delete(true);
    }

    [Theory]
    [InlineData(ModelPrecision.Half)]
    [InlineData(ModelPrecision.Int8)]
    public void Precision_Smaller_StaysWithinItsTolerance(ModelPrecision precision) =>
        Assert.True(OnnxExporter.Export(nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 4)), randn(4, 32), new() { Precision = precision }).Parity.Passed);

    [Fact]
    public void Sizes_Fixed_AreFixedInTheModel() =>
        Assert.Equal([4L, 6L], OnnxExporter.Export(nn.ReLU(), randn(4, 6), new() { DynamicAxes = DynamicAxes.None }).Model.Graph.Inputs[0].Type is Onnx.Graphs.TensorType { Shape: { } shape } ? shape.Select(size => size.Size!.Value) : []);

    [Fact]
    public void Sizes_ThatTheModuleDoesNotTake_AreNamedWithTheOption()
    {
        var module = new Forward(x => x.view(x.shape[0], -1, 2).sum(2));
        var options = new OnnxExportOptions { DynamicAxes = new(new Dictionary<string, IReadOnlyDictionary<int, string>> { ["input"] = new Dictionary<int, string> { [1] = "pairs" } }) };

        var refused = Assert.Throws<OnnxExportException>(() => OnnxExporter.Export(module, randn(2, 6), options));

        Assert.Contains("forward failed at pairs 9", refused.Message);
        Assert.Contains("option Sizes", refused.Message);
        Assert.True(OnnxExporter.Export(module, randn(2, 6), options with { Sizes = new Dictionary<string, IReadOnlyList<long>> { ["pairs"] = [6, 8, 12, 4, 20] } }).Parity.Passed);
    }

    [Fact]
    public void Bridge_ThatIsNotThere_IsToldWithTheCure()
    {
        var missing = Bridge.TorchBridge.Open("/nowhere/bridge.so", AppContext.BaseDirectory).Missing;

        Assert.Contains("'/nowhere/bridge.so'", missing);
        Assert.Contains("build.sh", missing);
    }

    [Fact]
    public void Bridge_ThatIsAnotherLibrary_IsRefusedWithTheCure() =>
        Assert.Contains("build.sh", Bridge.TorchBridge.Open(typeof(torch).Assembly.Location, AppContext.BaseDirectory).Missing);
}
