using Serverless.Onnx.Graphs;
using Serverless.Onnx.Parity;

namespace Serverless.TrainingContainer.Tests.Onnx.Exporting;

public sealed class ParityComparisonTests
{
    [Theory]
    [InlineData(0f, 1e-4f, true)]
    [InlineData(0f, 2.1e-4f, false)]
    [InlineData(100f, 100.01f, true)]
    [InlineData(100f, 100.02f, false)]
    [InlineData(float.NaN, float.NaN, true)]
    [InlineData(float.NaN, 0f, false)]
    [InlineData(0f, float.NaN, false)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, true)]
    [InlineData(float.PositiveInfinity, float.NegativeInfinity, false)]
    [InlineData(float.PositiveInfinity, 1e30f, false)]
    public void Number_BesideAnother_IsWithinOrNot(float original, float exported, bool within) =>
        Assert.Equal(within, Compare(OnnxTensor.Of([1f, original], 2), OnnxTensor.Of([1f, exported], 2)).IsWithin);

    [Fact]
    public void Number_TooFar_IsNamedWithItsPlace()
    {
        var found = Compare(OnnxTensor.Of([0f, 0f, 0f, 1f, 0f, 0f], 2, 3) with { Name = "scores" }, OnnxTensor.Of([0f, 0f, 0f, 1.5f, 0f, 0.25f], 2, 3));

        Assert.Equal(0.5, found.Largest);
        Assert.Equal("output 'scores' at batch 2: largest deviation 5E-01, at [1, 0] 1.5 instead of 1", found.ToString());
    }

    [Fact]
    public void Integers_OffByOne_AreRefusedWhateverTheTolerance() =>
        Assert.False(ParityComparison.Compare(OnnxTensor.Of([5L], 1), OnnxTensor.Of([6L], 1), new(100, 100), "batch 2").IsWithin);

    [Fact]
    public void Shapes_OfTheSameCount_AreNotTheSame() =>
        Assert.Contains("[3, 2], the original's is [2, 3]", Compare(OnnxTensor.Of(new float[6], 2, 3), OnnxTensor.Of(new float[6], 3, 2)).Where);

    [Fact]
    public void Model_InHalfPrecision_IsComparedWithTheOriginalsSingle() =>
        Assert.True(ParityComparison.Compare(OnnxTensor.Of([1f / 3], 1), TensorNumbers.Write("y", ElementType.Float16, [1], [1.0 / 3]), ParityTolerance.Half, "batch 2").IsWithin);

    [Fact]
    public void Report_WithNothingCompared_HasNotPassed() => Assert.False(new ParityReport(ParityTolerance.Single, []).Passed);

    [Fact]
    public void Report_Failed_SaysOutputSizesDeviationAndTolerance()
    {
        var report = new ParityReport(ParityTolerance.Single, [Compare(OnnxTensor.Of([0f], 1) with { Name = "good" }, OnnxTensor.Of([0f], 1)), Compare(OnnxTensor.Of([0f], 1) with { Name = "bad" }, OnnxTensor.Of([1f], 1))]);

        Assert.False(report.Passed);
        Assert.Contains("output 'bad' at batch 2: largest deviation 1E+00", report.Failure);
        Assert.Contains("1E-04 + 1E-04 · |value|", report.Failure);
        Assert.DoesNotContain("'good'", report.Failure);
        Assert.Equal("1", report.Metadata.Single(pair => pair.Key == "serverless.parity.deviation").Value);
    }

    private static OutputDeviation Compare(OnnxTensor original, OnnxTensor exported) => ParityComparison.Compare(original, exported, ParityTolerance.Single, "batch 2");
}
