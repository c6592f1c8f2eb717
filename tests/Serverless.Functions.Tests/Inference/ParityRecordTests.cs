using Serverless.Inference.Checks;
using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Parity;
using Serverless.Onnx.Writing;

namespace Serverless.Functions.Tests.Inference;

/// <summary>The parity record of an exported model: what its exporter wrote is read by the check, and judged.</summary>
public sealed class ParityRecordTests
{
    private static readonly ParityReport Good = new(ParityTolerance.Single, [new("y", "batch 1", 2e-6, 0.02, "[0]"), new("y", "batch 17", 5e-6, 0.04, "[3]")]);

    [Fact]
    public async Task Prepare_ExportedModel_GivesTheRecordThatItsExporterWrote()
    {
        using var served = new ServedModels();
        var check = await served.Host.PrepareAsync(await served.RegisterAsync("m", 1, Model(Good.Metadata)), TestContext.Current.CancellationToken);
        Assert.True(check.Passed, check.Message);
        Assert.Equal((5e-6, 0.04, Good.Tolerance.ToString()), (check.Parity!.Deviation, check.Parity.Excess, check.Parity.Tolerance));
        Assert.Equal(["batch 1", "batch 17"], check.Parity.Runs);
    }

    [Fact]
    public async Task Prepare_ModelAboveItsTolerance_IsRefusedWithItsNumbers()
    {
        var bad = Good with { Deviations = [.. Good.Deviations, new("y", "batch 2", 3e-3, 15, "[1]")] };
        using var served = new ServedModels();
        var check = await served.Host.PrepareAsync(await served.RegisterAsync("m", 1, Model(bad.Metadata)), TestContext.Current.CancellationToken);
        Assert.False(check.Passed);
        Assert.Contains("0.003", check.Message);
        Assert.Contains("15 times what is allowed", check.Message);
        Assert.Contains("Export the model again", check.Cure);
    }

    [Theory]
    [InlineData("deviation", "NaN", "does not agree")]
    [InlineData("deviation", "Infinity", "does not agree")]
    [InlineData("deviation", "-1", "does not agree")]
    [InlineData("excess", "NaN", "does not agree")]
    [InlineData("excess", "1.0001", "does not agree")]
    [InlineData("excess", "small", "not whole")]
    [InlineData("deviation", null, "not whole")]
    [InlineData("excess", null, "not whole")]
    [InlineData("tolerance", null, "not whole")]
    public void Record_ThatIsOddOrNotWhole_IsRefused(string name, string? value, string said)
    {
        var metadata = Good.Metadata.Where(pair => pair.Key != $"serverless.parity.{name}").ToList();
        if (value is not null)
            metadata.Add(new($"serverless.parity.{name}", value));
        var (record, refused) = ParityScan.Read(Model(metadata));
        Assert.Null(record);
        Assert.Contains(said, refused!.Message);
    }

    [Fact]
    public void Record_OfAModelWithout_IsNone() => Assert.Equal((null, null), ParityScan.Read(Models.Flowers()));

    [Fact]
    public void Record_OfATornFile_DoesNoHarm()
    {
        var file = Model(Good.Metadata);
        for (var length = 0; length < file.Length; length++)
            ParityScan.Read(file.AsSpan(0, length));
    }

    private static byte[] Model(IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        var graph = new GraphBuilder("plus");
        graph.Reserve("y");
        var x = graph.Input("x", ElementType.Float, Dimension.Named("N"), 1);
        graph.Output(graph.Node("Add", [x, graph.Constant("c", OnnxTensor.Of([1f], 1, 1))], output: "y"));
        return ModelWriter.ToBytes(graph.ToModel("test", "1", metadata));
    }
}
