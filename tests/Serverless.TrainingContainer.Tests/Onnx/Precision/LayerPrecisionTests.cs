using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering;
using Serverless.Onnx.Precision;
using Serverless.TrainingContainer.Tests.Onnx.Lowering;

namespace Serverless.TrainingContainer.Tests.Onnx.Precision;

/// <summary>Each layer of torch.nn in other precisions: the model is well formed, runs, and gives nearly the same.</summary>
public sealed class LayerPrecisionTests
{
    /// <summary>What jumps: a place, or a choice of elements, turns with the last bit of its input.</summary>
    private static readonly string[] Jumping = ["GridSample", "Hardshrink", "Threshold", "Upsample.nearest"];

    public static TheoryData<string> Names => [.. LoweringFixture.Names("Fixtures/Networks").Where(name => !Jumping.Any(name.StartsWith) && !name.Contains("Indices", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Half_Layer_GivesNearlyTheSame(string name) => Compare(name, model => HalfPrecision.Convert(model).Model, 0.02);

    [Theory]
    [InlineData("Linear")]
    [InlineData("MultiheadAttention")]
    [InlineData("TransformerEncoderLayer")]
    [InlineData("Embedding")]
    public void Int8_Layer_GivesNearlyTheSame(string name) => Compare(name, model => Int8Precision.Convert(model, new() { FewestElements = 1 }).Model, 0.05);

    private static void Compare(string name, Func<OnnxModel, OnnxModel> convert, double tolerance)
    {
        var fixture = LoweringFixture.Load("Fixtures/Networks", name);
        var model = convert(GraphLowering.Lower(fixture.Recordings, fixture.Options).Model!);

        Assert.Empty(OnnxChecker.Check(model));
        foreach (var test in fixture.Cases)
        {
            var outputs = ModelRun.Run(model, test.Inputs);
            foreach (var expected in test.Outputs)
            {
                var scale = Math.Max(1, expected.Numbers().Select(Math.Abs).DefaultIfEmpty().Max());
                Assert.InRange(ModelRun.Deviation(expected, outputs[expected.Name]), 0, tolerance * scale);
            }
        }
    }
}
