using Serverless.Onnx.Exporting;
using Serverless.Torch.Exporting;
using Serverless.Torch.Tests.Networks;
using static TorchSharp.torch;

namespace Serverless.Torch.Tests.Exporting;

/// <summary>Whole models by name, with an example and options.</summary>
internal static class WholeModels
{
    private static readonly DynamicAxes BatchAndLength = new(new Dictionary<string, IReadOnlyDictionary<int, string>> { ["input"] = new Dictionary<int, string> { [0] = "batch", [1] = "length" } });

    public static readonly IReadOnlyDictionary<string, Func<(nn.Module Module, Tensor Example, OnnxExportOptions Options)>> ByName = new Dictionary<string, Func<(nn.Module, Tensor, OnnxExportOptions)>>
    {
        ["MLP"] = () => (nn.Sequential(("hidden", nn.Linear(8, 32)), ("act", nn.ReLU()), ("drop", nn.Dropout(0.2)), ("out", nn.Linear(32, 3)), ("softmax", nn.Softmax(1))), randn(4, 8), new()),
        ["CNN"] = () => (nn.Sequential(nn.Conv2d(1, 8, 3, padding: 1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.Flatten(), nn.Linear(64, 10)), randn(4, 1, 8, 8), new()),
        ["ResNet-18"] = () => (new ResNet18(), randn(1, 3, 64, 64), new()),
        ["LSTM tagger"] = () => (new Tagger(), randint(0, 50, [2, 7], int64), new() { DynamicAxes = BatchAndLength }),
        ["GRU forecaster"] = () => (new Forecaster(), randn(2, 9) * 3 + 10, new() { DynamicAxes = BatchAndLength, OutputNames = ["mean", "spread"] }),
        ["Transformer encoder"] = () => (new TextEncoder(), randint(0, 40, [2, 6], int64), new() { DynamicAxes = BatchAndLength }),
        ["Residual additions"] = () => (new Residual(), randn(4, 6), new()),
    };
}
