using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Precision;
using Serverless.Onnx.Writing;

namespace Serverless.TrainingContainer.Tests.Onnx.Precision;

public sealed class Int8PrecisionTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(17, true)]
    [InlineData(17, false)]
    public void Convert_Classifier_GivesNearlyTheSameAnswersInAQuarterOfTheBytes(int rows, bool reduceRange)
    {
        var model = PrecisionModels.Classifier();

        var (small, report) = Int8Precision.Convert(model, new() { ReduceRange = reduceRange });

        Assert.Empty(OnnxChecker.Check(small));
        var expected = ModelRun.Run(model, PrecisionModels.Asked(rows));
        var actual = ModelRun.Run(small, PrecisionModels.Asked(rows));
        Assert.InRange(ModelRun.Deviation(expected["hidden"], actual["hidden"]), 0, 0.05); // its range is about ±2
        Assert.InRange(ModelRun.Deviation(expected["scores"], actual["scores"]), 0, 0.02);
        Assert.Equal(3, report.Converted);
        Assert.Empty(report.Left);
        Assert.InRange(report.BytesAfter, 0, 0.31 * report.BytesBefore);
        Assert.InRange(ModelWriter.ToBytes(small).Length, 0, 0.36 * ModelWriter.ToBytes(model).Length);
    }

    [Fact]
    public void Convert_Product_IsWhatTheSpecificationOfTheOperatorsSays()
    {
        var random = new Random(1);
        var weight = PrecisionModels.Normal(random, 32, 8);
        OnnxModel model = new()
        {
            Opsets = [new("", 17)],
            Graph = new()
            {
                Name = "product",
                Inputs = [new("x", TensorType.Of(ElementType.Float, 4, 32))],
                Outputs = [new("y", TensorType.Of(ElementType.Float, 4, 8))],
                Initializers = [weight with { Name = "w" }],
                Nodes = [new() { Operator = "MatMul", Name = "m", Inputs = ["x", "w"], Outputs = ["y"] }],
            },
        };
        var x = PrecisionModels.Normal(random, 4, 32) with { Name = "x" };

        var actual = ModelRun.Run(Int8Precision.Convert(model, new() { FewestElements = 1 }).Model, x)["y"].Numbers();

        Assert.Equal(Reference(x.Numbers(), weight.Numbers(), 4, 32, 8), actual, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Convert_SmallWeightsAndBlockedNodes_Stay()
    {
        var model = PrecisionModels.Classifier();
        var gemm = model.Graph.Nodes.Single(node => node.Operator == "Gemm");

        var (kept, report) = Int8Precision.Convert(model, new() { FewestElements = 1000, BlockedNodes = new HashSet<string> { gemm.Name }, Tables = false });

        Assert.Equal(0, report.Converted);
        Assert.Equal(["Gather", "Gemm", "MatMul"], report.Left.Keys);
        Assert.Equal(ModelWriter.ToBytes(model), ModelWriter.ToBytes(kept));
    }

    [Fact]
    public void Convert_WeightUsedTwice_IsRoundedOnceAndItsInputToo()
    {
        var model = PrecisionModels.Classifier();
        var product = model.Graph.Nodes.Single(node => node.Operator == "MatMul");
        var twice = model with { Graph = model.Graph with { Nodes = [.. model.Graph.Nodes, product with { Name = "again", Outputs = ["again"] }] } };

        var (small, report) = Int8Precision.Convert(twice);

        Assert.Equal(4, report.Converted);
        Assert.Equal(2, small.Graph.Nodes.Count(node => node.Operator == "DynamicQuantizeLinear"));
        Assert.Single(small.Graph.Initializers, tensor => tensor.Name == "second_int8");
        Assert.DoesNotContain(small.Graph.Initializers, tensor => tensor.Name == "second");
    }

    [Fact]
    public void Convert_ThenHalf_ComputesStill()
    {
        var model = PrecisionModels.Classifier();

        var both = HalfPrecision.Convert(Int8Precision.Convert(model).Model).Model;

        Assert.Empty(OnnxChecker.Check(both));
        Assert.InRange(ModelRun.Deviation(ModelRun.Run(model, PrecisionModels.Asked(5))["scores"], ModelRun.Run(both, PrecisionModels.Asked(5))["scores"]), 0, 0.02);
    }

    [Fact]
    public void Convert_OldOpset_IsRefused() =>
        Assert.Contains("needs 11", Assert.Throws<PrecisionException>(() => Int8Precision.Convert(SampleModels.Small() with { Opsets = [new("", 10)] })).Message, StringComparison.Ordinal);

    /// <summary>DynamicQuantizeLinear and MatMulInteger by their definitions, weights with one scale a column from −64 to 64.</summary>
    private static double[] Reference(double[] x, double[] w, int rows, int inner, int columns)
    {
        var (low, high) = (Math.Min(0, x.Min()), Math.Max(0, x.Max()));
        var scale = (float)(high - low) / 255f;
        var zero = Math.Clamp(MathF.Round(-(float)low / scale, MidpointRounding.ToEven), 0, 255);
        var whole = x.Select(value => (double)Math.Clamp(MathF.Round((float)value / scale, MidpointRounding.ToEven) + zero, 0, 255)).ToArray();
        var y = new double[rows * columns];
        for (var column = 0; column < columns; column++)
        {
            var peak = (float)Enumerable.Range(0, inner).Max(i => Math.Abs(w[(i * columns) + column])) / 64;
            for (var row = 0; row < rows; row++)
                y[(row * columns) + column] = Enumerable.Range(0, inner).Sum(i => (whole[(row * inner) + i] - zero) * MathF.Round((float)w[(i * columns) + column] / peak, MidpointRounding.ToEven)) * scale * peak;
        }

        return y;
    }
}
