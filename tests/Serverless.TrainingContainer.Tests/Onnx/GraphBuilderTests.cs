using Serverless.Onnx.Building;
using Serverless.Onnx.Graphs;

namespace Serverless.TrainingContainer.Tests.Onnx;

public sealed class GraphBuilderTests
{
    [Fact]
    public void Node_MatricesThatDoNotFit_FailsWhereItIsWritten()
    {
        var graph = new GraphBuilder("g");
        var x = graph.Input("x", ElementType.Float, Dimension.Named("N"), 4);
        var weights = graph.Constant("w", OnnxTensor.Of([1f, 2f, 3f], 3, 1));

        var error = Assert.Throws<ArgumentException>(() => graph.Node("MatMul", [x, weights]));

        Assert.Contains("4 columns against 3 rows", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Frobnicate", "not known")]
    [InlineData("Gelu", "not yet there")]
    [InlineData("Upsample", "deprecated")]
    [InlineData("ai.onnx.ml/Frobnicate", "not known")]
    public void Node_OperatorThatIsNotThere_IsNamed(string name, string why)
    {
        var graph = new GraphBuilder("g");
        var x = graph.Input("x", ElementType.Float, 1);

        var error = Assert.Throws<ArgumentException>(() => graph.Node(name, [x]));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_TakenOnes_AreRefusedForInputsAndChangedForConstants()
    {
        var graph = new GraphBuilder("g");
        graph.Input("x", ElementType.Float, 1);

        var constant = graph.Constant("x", OnnxTensor.Of([1f], 1));

        Assert.Equal("x_1", constant.Name);
        Assert.Throws<ArgumentException>(() => graph.Input("x", ElementType.Float, 1));
    }

    [Theory]
    [InlineData("MatMul", new long[] { 5, 2, 3 }, new long[] { 3, 4 }, "Float[5, 2, 4]")]
    [InlineData("MatMul", new long[] { 3 }, new long[] { 3 }, "Float[]")]
    [InlineData("Add", new long[] { 2, 1 }, new long[] { 1, 4 }, "Float[2, 4]")]
    [InlineData("Gemm", new long[] { 2, 3 }, new long[] { 3, 4 }, "Float[2, 4]")]
    [InlineData("Greater", new long[] { 2, 3 }, new long[] { 3 }, "Bool[2, 3]")]
    public void Node_TwoInputs_ShapeFollows(string name, long[] left, long[] right, string expected)
    {
        var graph = new GraphBuilder("g");
        var a = graph.Input("a", ElementType.Float, [.. left.Select(size => (Dimension)size)]);
        var b = graph.Input("b", ElementType.Float, [.. right.Select(size => (Dimension)size)]);

        Assert.Equal(expected, graph.Node(name, [a, b]).Type!.ToString());
    }

    [Fact]
    public void Node_ShapingOperators_ShapeFollows()
    {
        var graph = new GraphBuilder("g");
        var x = graph.Input("x", ElementType.Float, Dimension.Named("N"), 6);
        var axes = graph.Constant("axes", OnnxTensor.Of([1L], 1));

        var cube = graph.Node("Reshape", [x, graph.Constant("shape", OnnxTensor.Of([0L, 2, 3], 3))]);
        var turned = graph.Node("Transpose", [cube], [OnnxAttribute.Of("perm", [2L, 0, 1])]);

        Assert.Equal("Float[N, 2, 3]", cube.Type!.ToString());
        Assert.Equal("Float[3, N, 2]", turned.Type!.ToString());
        Assert.Equal("Float[3, 1, N, 2]", graph.Node("Unsqueeze", [turned, axes]).Type!.ToString());
        Assert.Equal("Float[3, 2]", graph.Node("ReduceSum", [turned, axes], [OnnxAttribute.Of("keepdims", 0)]).Type!.ToString());
        Assert.Equal("Float[N, 12]", graph.Node("Concat", [x, x], [OnnxAttribute.Of("axis", 1)]).Type!.ToString());
        Assert.Equal("Float[N, 6]", graph.Node("Flatten", [x]).Type!.ToString());
    }
}
