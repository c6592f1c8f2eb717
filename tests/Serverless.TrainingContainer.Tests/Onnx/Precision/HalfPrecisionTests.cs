using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Precision;
using Serverless.Onnx.Writing;

namespace Serverless.TrainingContainer.Tests.Onnx.Precision;

public sealed class HalfPrecisionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void Convert_Classifier_GivesTheSameAnswersInHalfTheBytes(int rows)
    {
        var model = PrecisionModels.Classifier();

        var (half, report) = HalfPrecision.Convert(model);

        Assert.Empty(OnnxChecker.Check(half));
        var expected = ModelRun.Run(model, PrecisionModels.Asked(rows));
        var actual = ModelRun.Run(half, PrecisionModels.Asked(rows));
        Assert.Equal(["hidden", "scores"], actual.Keys.Order());
        Assert.All(expected, each => Assert.InRange(ModelRun.Deviation(each.Value, actual[each.Key]), 0, 5e-3));
        Assert.Equal(report.BytesBefore, report.BytesAfter * 2);
        Assert.InRange(ModelWriter.ToBytes(half).Length, 0, 0.56 * ModelWriter.ToBytes(model).Length);
        Assert.Equal([new("Exp", 1)], report.Left);
        Assert.Equal(6, report.Converted);
        Assert.Equal(model.Graph.Inputs, half.Graph.Inputs);
        Assert.Equal(model.Graph.Initializers.Select(tensor => tensor.Name).Order(), half.Graph.Initializers.Select(tensor => tensor.Name).Order());
    }

    [Fact]
    public void Convert_InputsAndOutputsToo_TakesAndGivesHalf()
    {
        var (half, _) = HalfPrecision.Convert(PrecisionModels.Classifier(), new() { KeepInputsAndOutputs = false });

        Assert.Empty(OnnxChecker.Check(half));
        Assert.Equal(ElementType.Float16, ((TensorType)half.Graph.Inputs.Single(input => input.Name == "x").Type!).Element);
        var asked = PrecisionModels.Asked(3);
        var given = asked[1] with { Element = ElementType.Float16, Data = System.Runtime.InteropServices.MemoryMarshal.AsBytes<Half>(asked[1].Numbers().Select(value => (Half)value).ToArray()).ToArray() };
        var actual = ModelRun.Run(half, asked[0], given);
        Assert.All(actual.Values, output => Assert.Equal(ElementType.Float16, output.Element));
        Assert.InRange(ModelRun.Deviation(ModelRun.Run(PrecisionModels.Classifier(), asked)["scores"], actual["scores"]), 0, 5e-3);
    }

    [Fact]
    public void Convert_WeightUsedByBlockedNodeToo_KeepsBoth()
    {
        var model = PrecisionModels.Classifier();
        var gemm = model.Graph.Nodes.Single(node => node.Operator == "Gemm");

        var (half, report) = HalfPrecision.Convert(model, new() { BlockedNodes = new HashSet<string> { gemm.Name } });

        Assert.Empty(OnnxChecker.Check(half));
        Assert.Equal(ElementType.Float, half.Graph.Initializers.Single(tensor => tensor.Name == "first").Element);
        Assert.Equal(1, report.Left["Gemm"]);
        Assert.InRange(ModelRun.Deviation(ModelRun.Run(model, PrecisionModels.Asked(4))["hidden"], ModelRun.Run(half, PrecisionModels.Asked(4))["hidden"]), 0, 2e-3);
    }

    [Fact]
    public void Convert_ValuesBeyondRange_AreClampedAndCounted()
    {
        var graph = new GraphBuilder("mask");
        var x = graph.Input("x", ElementType.Float, Dimension.Named("N"), 3);
        var mask = graph.Constant("mask", OnnxTensor.Of([-1e9f, float.NegativeInfinity, 1e-12f], 3));
        graph.Output(graph.Node("Softmax", [graph.Node("Add", [x, mask])], output: "y"));
        var model = graph.ToModel("Serverless.Tests", "1.0");

        var (half, report) = HalfPrecision.Convert(model);

        Assert.Equal((1, 1), (report.Clamped, report.Vanished));
        Assert.Equal([0, 0, 1], ModelRun.Run(half, OnnxTensor.Of([1f, 2f, 3f], 1, 3) with { Name = "x" })["y"].Numbers());
    }

    [Fact]
    public void Convert_Branch_GivesInnerGraphsWhatTheyTake()
    {
        var inner = new OnnxGraph
        {
            Name = "then",
            Nodes = [new() { Operator = "Mul", Inputs = ["doubled", "two"], Outputs = ["inside"] }],
            Outputs = [new("inside", TensorType.Of(ElementType.Float, 3))],
        };
        OnnxModel model = new()
        {
            Opsets = [new("", 17)],
            Graph = new()
            {
                Name = "branch",
                Inputs = [new("x", TensorType.Of(ElementType.Float, 3)), new("yes", TensorType.Of(ElementType.Bool))],
                Outputs = [new("y", TensorType.Of(ElementType.Float, 3))],
                Initializers = [OnnxTensor.Of([2f]) with { Name = "two" }],
                Nodes =
                [
                    new() { Operator = "Mul", Name = "a", Inputs = ["x", "two"], Outputs = ["doubled"] },
                    new() { Operator = "If", Name = "b", Inputs = ["yes"], Outputs = ["y"], Attributes = [OnnxAttribute.Of("then_branch", inner), OnnxAttribute.Of("else_branch", inner with { Nodes = [new() { Operator = "Identity", Inputs = ["doubled"], Outputs = ["inside"] }] })] },
                ],
            },
        };

        var (half, _) = HalfPrecision.Convert(model);

        Assert.Empty(OnnxChecker.Check(half));
        Assert.Equal([4, 8, 12], ModelRun.Run(half, OnnxTensor.Of([1f, 2f, 3f], 3) with { Name = "x" }, OnnxTensor.Of([true]) with { Name = "yes" })["y"].Numbers());
    }

    [Fact]
    public void Convert_OperatorOfAnotherSet_IsRefusedWithItsName()
    {
        var model = SampleModels.SmallWith(new OnnxNode { Operator = "Fancy", Domain = "org.example", Name = "odd", Inputs = ["x"], Outputs = ["y"] });

        var error = Assert.Throws<PrecisionException>(() => HalfPrecision.Convert(model));

        Assert.Contains("org.example/Fancy", error.Message, StringComparison.Ordinal);
    }
}
