using Serverless.Onnx.Lowering;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

/// <summary>Each recorded network gives in ONNX Runtime what it gave in libtorch, at sizes that were not recorded.</summary>
public sealed class LoweringFixtureTests
{
    public static TheoryData<string> Names => [.. LoweringFixture.Names("Fixtures")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Lower_RecordedNetwork_GivesWhatLibtorchGave(string name)
    {
        var fixture = LoweringFixture.Load("Fixtures", name);

        var result = GraphLowering.Lower(fixture.Recordings, fixture.Options);

        Assert.Empty(result.Refusals.Select(refusal => refusal.ToString()));
        foreach (var test in fixture.Cases)
        {
            var outputs = ModelRun.Run(result.Model!, test.Inputs);
            var apart = test.Outputs.Select(expected => Compare(expected, outputs[expected.Name], fixture.Tolerance)).Where(line => line is not null).ToList();
            Assert.True(apart.Count == 0, $"at {string.Join(", ", test.Inputs.Select(input => $"{input.Name} {input.Type}"))}: {string.Join("; ", apart)}");
        }
    }

    private static string? Compare(Serverless.Onnx.Graphs.OnnxTensor expected, Serverless.Onnx.Graphs.OnnxTensor actual, double tolerance)
    {
        if (expected.Element != actual.Element || !expected.Dims.SequenceEqual(actual.Dims))
            return $"{expected.Name} is {actual.Type}, not {expected.Type}";
        var scale = Math.Max(1, expected.Numbers().Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        var deviation = ModelRun.Deviation(expected, actual);
        return deviation <= tolerance * scale ? null : $"{expected.Name} is {deviation:g3} off ({string.Join(", ", actual.Numbers().Take(6))} instead of {string.Join(", ", expected.Numbers().Take(6))})";
    }
}
