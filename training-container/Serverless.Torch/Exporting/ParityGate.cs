using Serverless.Onnx.Graphs;
using Serverless.Onnx.Parity;
using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Exporting;

/// <summary>Runs an exported model in ONNX Runtime beside the module that it came from, on inputs that neither has seen.</summary>
internal sealed class ParityGate(ModuleCall call, torch.Device device, OnnxExportOptions options)
{
    /// <summary>Compares them at the plan's sizes.</summary>
    public ParityReport Compare(OnnxModel model, ExportInputs inputs)
    {
        using var runtime = RuntimeModel.Load(model, options.Files, options.RunLimit);
        var tolerance = options.Tolerance ?? ToleranceOf(options.Precision);
        List<OutputDeviation> found = [];
        foreach (var run in inputs.Plan.Comparisons)
        {
            var given = inputs.Of(run);
            var (original, exported) = (Original(given, model.Graph.Outputs.Select(output => output.Name).ToList(), run.Shown), runtime.Run(given, run.Shown));
            found.AddRange(original.Zip(exported, (mine, other) => ParityComparison.Compare(mine, other, tolerance, run.Shown)));
        }

        return new(tolerance, found);
    }

    private static ParityTolerance ToleranceOf(ModelPrecision precision) => precision switch
    {
        ModelPrecision.AsTrained => ParityTolerance.Single,
        ModelPrecision.Half => ParityTolerance.Half,
        ModelPrecision.Int8 => ParityTolerance.Quantized,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    private List<OnnxTensor> Original(IReadOnlyList<OnnxTensor> inputs, List<string> names, string sizes)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        return [.. ForwardCall.Run(call, [.. inputs.Select(input => TensorData.Write(input, device))], sizes).Zip(names, TensorData.Read)];
    }
}
