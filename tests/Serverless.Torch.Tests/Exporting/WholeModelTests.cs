using System.Diagnostics;
using Serverless.TestKit;
using Serverless.Torch.Exporting;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Exporting;

/// <summary>Whole models: exported, at other sizes equal to the module in ONNX Runtime, and found right by onnx itself.</summary>
public sealed class WholeModelTests
{
    public static TheoryData<string> Names => [.. WholeModels.ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Model_Whole_IsExportedWithinTheLimitAndRightForOnnx(string name)
    {
        TestBridge.Require();
        random.manual_seed(1);
        var (module, example, options) = WholeModels.ByName[name]();
        using var _ = module;
        var folder = Directory.CreateTempSubdirectory("serverless-test-");
        var path = Path.Combine(folder.FullName, "model.onnx");

        var clock = Stopwatch.StartNew();
        var export = OnnxExporter.ExportTo(module, [example], path, options);

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {export.Parity.Largest:0.0E+00}, {export.Model.Graph.Nodes.Count} nodes, {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(export.Parity.Largest, 0, 1e-4);
        await CheckAsync(path);
        folder.Delete(true);
    }

    private static async Task CheckAsync(string path)
    {
        var python = Needs.Python("onnx", "onnx");
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import sys, onnx; onnx.checker.check_model(onnx.load(sys.argv[1]), full_check=True)", path]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors);
    }
}
