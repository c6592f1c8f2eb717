using Serverless.Onnx.Checking;
using Serverless.Onnx.Graphs;
using Serverless.Onnx.Lowering;
using Serverless.Onnx.Precision;
using Serverless.Onnx.Recording;
using Serverless.Torch.Bridge;
using Serverless.Torch.Recording;
using Serverless.Torch.Walking;
using TorchSharp;

namespace Serverless.Torch.Exporting;

/// <summary>One export, from the module to a model that agrees with it.</summary>
internal static class ExportRun
{
    /// <param name="module">The module.</param>
    /// <param name="examples">Its inputs.</param>
    /// <param name="given">How it is called; null: by its own call.</param>
    /// <param name="options">How.</param>
    /// <exception cref="OnnxExportException">Something stands against it.</exception>
    public static OnnxExport Run(torch.nn.Module module, IReadOnlyList<torch.Tensor> examples, ModuleCall? given, OnnxExportOptions options)
    {
        using var mode = new EvaluationMode(module);
        try
        {
            var call = given ?? ModuleCalls.Of(module, examples.Count);
            var inputs = new ExportInputs(options.InputNames ?? ModuleCalls.InputNames(module, examples.Count), examples, options);
            var device = module.parameters().Select(parameter => parameter.device).FirstOrDefault() ?? examples[0].device;
            var (recordings, way) = Record(module, call, inputs, device, options);
            var model = Precise(Lower(recordings, inputs, module, options), options.Precision);
            Check(model);
            var report = new ParityGate(call, device, options).Compare(model, inputs);
            if (!report.Passed)
                throw new OnnxExportException(report.Failure);
            return new(model with { Metadata = [.. model.Metadata, .. report.Metadata, new("serverless.export", way == ExportWay.Recorded ? "recorded" : "walked")] }, report, way, options.Files);
        }
        catch (Exception refused) when (refused is RecordingException or PrecisionException or NotSupportedException)
        {
            throw new OnnxExportException($"'{module.GetType().Name}' was not exported. {refused.Message}", refused);
        }
    }

    private static (IReadOnlyList<RecordedGraph> Recordings, ExportWay Way) Record(torch.nn.Module module, ModuleCall call, ExportInputs inputs, torch.Device device, OnnxExportOptions options)
    {
        if (options.Way != ExportWay.Walked && TorchBridge.Shared is { Api: { } api })
        {
            var recorder = new ModuleRecorder(api, module, call, device);
            return ([.. inputs.Plan.Recordings.Select(run => recorder.Record(inputs.Of(run), run.Shown, count => OutputNames(options, count)))], ExportWay.Recorded);
        }

        if (options.Way == ExportWay.Recorded)
            throw new OnnxExportException(TorchBridge.Shared.Missing!);
        var walk = new ModuleWalk(module, TorchBridge.Shared.Missing);
        return ([.. inputs.Plan.Recordings.Select(run => walk.Record(inputs.Of(run), count => OutputNames(options, count)))], ExportWay.Walked);
    }

    private static OnnxModel Lower(IReadOnlyList<RecordedGraph> recordings, ExportInputs inputs, torch.nn.Module module, OnnxExportOptions options)
    {
        var lowered = GraphLowering.Lower(recordings, new LoweringOptions
        {
            Opset = options.Opset,
            DynamicAxes = inputs.Axes.ByInput,
            GraphName = options.Name,
            ProducerVersion = typeof(ExportRun).Assembly.GetName().Version?.ToString(3) ?? "",
            Metadata = [.. options.Metadata, new("serverless.torch", recordings[0].TorchVersion)],
        });
        return lowered.Model ?? throw new OnnxExportException($"'{module.GetType().Name}' was not exported.", [.. lowered.Refusals.Select(refusal => refusal.ToString())]);
    }

    private static OnnxModel Precise(OnnxModel model, ModelPrecision precision) => precision switch
    {
        ModelPrecision.AsTrained => model,
        ModelPrecision.Half => HalfPrecision.Convert(model).Model,
        ModelPrecision.Int8 => Int8Precision.Convert(model).Model,
        _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, null),
    };

    private static void Check(OnnxModel model)
    {
        var findings = OnnxChecker.Check(model);
        if (findings.Count > 0)
            throw new OnnxExportException("The exported model is not whole, which is a fault of the exporter. Please report it with the module.", [.. findings.Take(20).Select(finding => finding.ToString())]);
    }

    private static IReadOnlyList<string> OutputNames(OnnxExportOptions options, int count)
    {
        if (options.OutputNames is { } names)
            return names.Count == count ? names : throw new RecordingException($"forward gives {count} tensors, and {names.Count} outputs are named ('{string.Join("', '", names)}'). Name each.");
        return count == 1 ? ["output"] : [.. Enumerable.Range(0, count).Select(i => $"output_{i}")];
    }
}
