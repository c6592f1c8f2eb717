using Serverless.Onnx.Lowering;
using Serverless.Onnx.Writing;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Onnx.Lowering;

/// <summary>Each recorded network gives in ONNX Runtime what it gave in libtorch, at sizes that were not recorded.</summary>
public sealed class LoweringFixtureTests
{
    public static TheoryData<string> Names =>
    [
        .. LoweringFixture.Names("Fixtures"),
        .. LoweringFixture.Names("Fixtures/Networks").Select(name => $"Networks/{name}"),
        .. LoweringFixture.Names("Fixtures/TorchSharp").Select(name => $"TorchSharp/{name}"),
    ];

    public static TheoryData<string> Refused => [.. LoweringFixture.Names("Fixtures/TorchSharpRefused")];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Lower_RecordingOfAHazard_IsRefusedWithItsLine(string name)
    {
        var fixture = LoweringFixture.Load("Fixtures/TorchSharpRefused", name);

        var result = GraphLowering.Lower(fixture.Recordings, fixture.Options);

        Assert.Null(result.Model);
        Assert.Contains(result.Refusals, refusal => refusal.Place.StartsWith("Hazards.cs:", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lower_RecordedNetwork_GivesWhatLibtorchGave(string name) => GivesWhatLibtorchGave(name, LoweringOptions.OldestOpset);

    /// <summary>Reductions changed in 18, and Resize and Pad; 21 is the newest that we write.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Lower_LaterVersionsOfOnnx_GiveTheSame(string name)
    {
        foreach (var opset in new[] { 18, 19, 20, LoweringOptions.NewestOpset })
            GivesWhatLibtorchGave(name, opset);
    }

    [Fact]
    public async Task Lower_RecordedNetworks_AreAcceptedByOnnxItself()
    {
        var python = Needs.Python("onnx", "onnx");
        using var folder = new TempFolder();
        foreach (var name in Names.Select(row => row.Data))
        {
            var fixture = LoweringFixture.Load("Fixtures", name);
            await File.WriteAllBytesAsync(folder[name.Replace('/', '_') + ".onnx"], ModelWriter.ToBytes(GraphLowering.Lower(fixture.Recordings, fixture.Options).Model!), TestContext.Current.CancellationToken);
        }

        var (code, output) = await PythonProcess.RunAsync(python, """
            import onnx, sys, glob
            for path in sorted(glob.glob(sys.argv[1] + "/*.onnx")):
                try: onnx.checker.check_model(onnx.load(path), full_check=True)
                except Exception as e: print(path, e)
            """, folder.Path);

        Assert.True(code == 0 && output.Length == 0, output);
    }

    private static void GivesWhatLibtorchGave(string name, int opset)
    {
        var fixture = LoweringFixture.Load("Fixtures", name);

        var result = GraphLowering.Lower(fixture.Recordings, fixture.Options with { Opset = opset });

        Assert.True(result.Refusals.Count == 0, string.Join("\n", result.Refusals));
        foreach (var test in fixture.Cases)
        {
            var outputs = ModelRun.Run(result.Model!, test.Inputs);
            var apart = test.Outputs.Select(expected => Compare(expected, outputs[expected.Name], fixture.Tolerance)).Where(line => line is not null).ToList();
            Assert.True(apart.Count == 0, $"version {opset} at {string.Join(", ", test.Inputs.Select(input => $"{input.Name} {input.Type}"))}: {string.Join("; ", apart)}");
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
