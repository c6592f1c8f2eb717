using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering;
using Serverless.Onnx.Writing;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

/// <summary>What a lowered model looks like, apart from what it computes.</summary>
public sealed class LoweredModelTests
{
    [Fact]
    public void Lower_NamesAndMetadata_AreKept()
    {
        var fixture = LoweringFixture.Load("Fixtures", "linear");
        var options = fixture.Options with
        {
            InputNames = new Dictionary<string, string> { ["x"] = "features" },
            OutputNames = new Dictionary<string, string> { ["output0"] = "scores" },
            GraphName = "tagger",
            Producer = "Serverless",
            Metadata = [new("classes", "[\"a\",\"b\"]")],
        };

        var model = GraphLowering.Lower(fixture.Recordings, options).Model!;

        Assert.Equal("features", Assert.Single(model.Graph.Inputs).Name);
        Assert.Equal("Float[batch, sequence, 6]", model.Graph.Inputs[0].Type!.ToString());
        Assert.Equal("scores", model.Graph.Outputs[0].Name);
        Assert.Equal("Float[batch, sequence, 6]", model.Graph.Outputs[0].Type!.ToString());
        Assert.Equal("Float[batch*sequence, 5]", model.Graph.Outputs[1].Type!.ToString());
        Assert.Equal("tagger", model.Graph.Name);
        Assert.Equal("[\"a\",\"b\"]", model.MetadataOf("classes"));
        Assert.Equal(["a.bias", "a.weight", "b.weight", "c", "w"], model.Graph.Initializers.Select(tensor => tensor.Name).Where(name => name.Length == 1 || name.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lower_Attention_HasNoMoreNodesThanItNeeds()
    {
        var fixture = LoweringFixture.Load("Fixtures", "attention");

        var model = GraphLowering.Lower(fixture.Recordings, fixture.Options).Model!;

        var counts = model.Graph.Nodes.GroupBy(node => node.Operator).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(1, counts["Shape"]); // the sequence, for the mask; ONNX copies the batch by itself
        Assert.DoesNotContain("Identity", counts.Keys);
        Assert.True(model.Graph.Nodes.Count <= 32, string.Join(", ", counts.Select(pair => $"{pair.Value} {pair.Key}")));
    }

    [Fact]
    public void Lower_FixedSizes_HasNoShapeArithmetic()
    {
        var fixture = LoweringFixture.Load("Fixtures", "attention");

        var model = GraphLowering.Lower([fixture.Recordings[0]], fixture.Options with { DynamicAxes = new Dictionary<string, IReadOnlyDictionary<int, string>>() }).Model!;

        Assert.DoesNotContain(model.Graph.Nodes, node => node.Operator is "Shape" or "Concat");
        Assert.Equal("Float[2, 5, 8]", model.Graph.Outputs[0].Type!.ToString());
    }

    [Fact]
    public void Lower_SameRecordings_GivesTheSameBytes()
    {
        var fixture = LoweringFixture.Load("Fixtures", "writes");

        var (first, second) = (GraphLowering.Lower(fixture.Recordings, fixture.Options).Model!, GraphLowering.Lower(fixture.Recordings, fixture.Options).Model!);

        Assert.Equal(ModelWriter.ToBytes(first), ModelWriter.ToBytes(second));
    }

    [Fact]
    public void Lower_EveryFixture_PassesOurChecker() =>
        Assert.All(LoweringFixture.Names("Fixtures"), name => Assert.Empty(OnnxChecker.Check(Lowered(name))));

    private static OnnxModel Lowered(string name)
    {
        var fixture = LoweringFixture.Load("Fixtures", name);
        return GraphLowering.Lower(fixture.Recordings, fixture.Options).Model!;
    }
}
