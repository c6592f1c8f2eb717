using Serverless.Onnx.Building;
using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;

namespace Serverless.TrainingContainer.Tests.Onnx;

public sealed class GraphInliningTests
{
    private static readonly Dimension Batch = Dimension.Named("N");

    [Fact]
    public void Inline_OfTheSameNamesTwice_KeepsThemApart()
    {
        var graph = new GraphBuilder("whole");
        graph.Reserve("result");
        var x = graph.Input("x", ElementType.Float, Batch, 2);
        var once = Assert.Single(graph.Inline(Doubling(), [x]));
        var twice = Assert.Single(graph.Inline(Doubling(), [once]));
        graph.Output(graph.Node("Identity", [twice], output: "result"));
        var model = graph.ToModel("tests", "1");
        Assert.Empty(OnnxChecker.Check(model));
        Assert.Equal(2, model.Graph.Nodes.Count(node => node.Operator == "Mul"));
        Assert.Equal("Float[N, 2]", model.Graph.Outputs[0].Type!.ToString());
        Assert.Equal([8, -16], ModelRun.Run(model, OnnxTensor.Of([2f, -4f], 1, 2) with { Name = "x" })["result"].Numbers());
    }

    [Fact]
    public void Inline_OfABranch_SeesTheRenamedValuesAroundIt()
    {
        var part = Branching();
        var graph = new GraphBuilder("whole");
        graph.Reserve("result");
        graph.Constant("factor", OnnxTensor.Of([100f]));
        var x = graph.Input("x", ElementType.Float, Batch, 2);
        var once = graph.Inline(part, [x])[0];
        graph.Output(graph.Node("Identity", [once], output: "result"), TensorType.Of(ElementType.Float, Batch, 2));
        var model = graph.ToModel("tests", "1");
        Assert.Empty(OnnxChecker.Check(model));
        Assert.Equal([6, -12], ModelRun.Run(model, OnnxTensor.Of([2f, -4f], 1, 2) with { Name = "x" })["result"].Numbers());
    }

    [Fact]
    public void Inline_WithTooFewInputs_NamesThem()
    {
        var graph = new GraphBuilder("whole");
        Assert.Contains("has 1 inputs (x), and 0 are given", Assert.Throws<ArgumentException>(() => graph.Inline(Doubling(), [])).Message, StringComparison.Ordinal);
    }

    private static OnnxGraph Doubling()
    {
        var part = new GraphBuilder("part");
        var x = part.Input("x", ElementType.Float, Batch, 2);
        part.Output(part.Node("Mul", [x, part.Constant("factor", OnnxTensor.Of([2f]))], output: "y"));
        return part.ToGraph();
    }

    private static OnnxGraph Branching()
    {
        var branch = new GraphBuilder("branch");
        branch.Output(branch.Node("Mul", [new GraphValue("x", TensorType.Of(ElementType.Float, Batch, 2)), new GraphValue("factor", TensorType.Of(ElementType.Float))], output: "scaled"));
        var part = new GraphBuilder("part");
        var x = part.Input("x", ElementType.Float, Batch, 2);
        part.Constant("factor", OnnxTensor.Of([3f]));
        var always = part.Constant("always", OnnxTensor.Of([true]));
        var y = part.Node("If", [always], [OnnxAttribute.Of("then_branch", branch.ToGraph()), OnnxAttribute.Of("else_branch", branch.ToGraph())], "y");
        part.Output(y, TensorType.Of(ElementType.Float, Batch, 2));
        return part.ToGraph();
    }
}
