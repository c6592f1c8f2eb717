using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering;
using Serverless.Onnx.Recording;
using Serverless.Onnx.Walking;

namespace Serverless.TrainingContainer.Tests.Onnx.Walking;

public sealed class ModuleWalkerTests
{
    private static readonly WalkedInput[] Input = [new("x", ElementType.Float, [2, 3])];

    public static TheoryData<string> Names => [.. WalkedFixture.Names()];

    /// <summary>Each kind in random configurations gives in ONNX Runtime what it gave in libtorch, at sizes that were not walked.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Walk_Module_GivesWhatLibtorchGave(string name)
    {
        foreach (var fixture in WalkedFixture.Load(name))
        {
            var model = Export(fixture);
            foreach (var test in fixture.Cases)
            {
                var outputs = ModelRun.Run(model, test.Inputs);
                foreach (var expected in test.Outputs)
                    Assert.True(ModelRun.Deviation(expected, outputs[expected.Name]) <= 1e-4, $"{expected.Name} of {fixture.Module.Kind} with {string.Join(", ", fixture.Module.Settings.Select(setting => $"{setting.Key} {setting.Value}"))} at {string.Join(", ", test.Inputs.Select(input => input.Type))}");
            }
        }
    }

    [Fact]
    public void Walk_Sequential_NamesWeightsByTheirPath()
    {
        var fixture = WalkedFixture.Load("BatchNorm2d")[0];

        var model = Export(fixture with { Module = Sequential(Sequential(fixture.Module with { Name = "norm" }) with { Name = "0" }) });

        Assert.Contains("0.norm.weight", model.Graph.Initializers.Select(tensor => tensor.Name));
    }

    [Fact]
    public void Walk_ModulesThatCannotBeRead_AreAllRefusedAtOnce()
    {
        var root = Sequential(new() { Name = "0", Kind = "ReLU" }, new() { Name = "1", Kind = "MyBlock", CustomForward = true }, Sequential(new ModuleDescription { Name = "0", Kind = "TransformerEncoderLayer" }) with { Name = "2" });

        Assert.Null(ModuleWalker.Walk(root, Input, OutputNames, out var refusals));

        Assert.Equal(["'1' (MyBlock)", "'2.0' (TransformerEncoderLayer)"], refusals.Select(refusal => refusal.ToString().Split(':')[0]));
        Assert.All(refusals, refusal => Assert.Contains("bridge", refusal.Cure, StringComparison.Ordinal));
    }

    [Fact]
    public void Walk_MissingSetting_IsRefusedByName()
    {
        Assert.Null(ModuleWalker.Walk(Sequential(new ModuleDescription { Name = "0", Kind = "LeakyReLU" }), Input, OutputNames, out var refusals));

        Assert.Contains("'negative_slope'", Assert.Single(refusals).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Walk_DropoutBetween_LeavesNothing()
    {
        var root = Sequential(new() { Name = "0", Kind = "Dropout" }, new() { Name = "1", Kind = "ReLU" }, new() { Name = "2", Kind = "Identity" });

        var graph = ModuleWalker.Walk(root, Input, OutputNames, out _)!;

        Assert.Equal(["aten::relu"], graph.Nodes.Select(node => node.Operator));
        Assert.Equal("1", graph.Nodes[0].Scope);
    }

    private static ModuleDescription Sequential(params IReadOnlyList<ModuleDescription> children) => new() { Name = "", Kind = "Sequential", Children = children };

    private static IReadOnlyList<string> OutputNames(int count) => [.. Enumerable.Range(0, count).Select(i => $"y{i}")];

    private static OnnxModel Export(WalkedFixture fixture)
    {
        List<RecordedGraph> recordings = [];
        foreach (var run in fixture.Runs)
        {
            var graph = ModuleWalker.Walk(fixture.Module, run, OutputNames, out var refusals);
            Assert.Empty(refusals.Select(refusal => refusal.ToString()));
            recordings.Add(graph!);
        }

        var result = GraphLowering.Lower(recordings, new() { DynamicAxes = fixture.Axes });
        Assert.Empty(result.Refusals.Select(refusal => refusal.ToString()));
        return result.Model!;
    }
}
