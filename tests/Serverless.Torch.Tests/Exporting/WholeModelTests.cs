using System.Diagnostics;
using Serverless.Onnx.Exporting;
using Serverless.TestKit;
using Serverless.Torch.Exporting;
using Serverless.Torch.Tests.Networks;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Exporting;

/// <summary>Whole models: exported, at other sizes equal to the module in ONNX Runtime, and found right by onnx itself.</summary>
public sealed class WholeModelTests
{
    private static readonly DynamicAxes BatchAndLength = new(new Dictionary<string, IReadOnlyDictionary<int, string>> { ["input"] = new Dictionary<int, string> { [0] = "batch", [1] = "length" } });

    private static readonly Dictionary<string, Func<(nn.Module Module, Tensor Example, OnnxExportOptions Options)>> Models = new()
    {
        ["MLP"] = () => (nn.Sequential(("hidden", nn.Linear(8, 32)), ("act", nn.ReLU()), ("drop", nn.Dropout(0.2)), ("out", nn.Linear(32, 3)), ("softmax", nn.Softmax(1))), randn(4, 8), new()),
        ["CNN"] = () => (nn.Sequential(nn.Conv2d(1, 8, 3, padding: 1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.Flatten(), nn.Linear(64, 10)), randn(4, 1, 8, 8), new()),
        ["ResNet-18"] = () => (new ResNet18(), randn(1, 3, 64, 64), new()),
        ["LSTM tagger"] = () => (new Tagger(), randint(0, 50, [2, 7], int64), new() { DynamicAxes = BatchAndLength }),
        ["GRU forecaster"] = () => (new Forecaster(), randn(2, 9) * 3 + 10, new() { DynamicAxes = BatchAndLength, OutputNames = ["mean", "spread"] }),
        ["Transformer encoder"] = () => (new TextEncoder(), randint(0, 40, [2, 6], int64), new() { DynamicAxes = BatchAndLength }),
        ["Residual additions"] = () => (new Residual(), randn(4, 6), new()),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Model_Whole_IsExportedWithinTheLimitAndRightForOnnx(string name)
    {
        TestBridge.Require();
        random.manual_seed(1);
        var (module, example, options) = Models[name]();
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
