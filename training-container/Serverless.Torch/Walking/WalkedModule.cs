using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;
using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Walking;

/// <summary>A module read by its settings, where there is no bridge.</summary>
internal sealed class WalkedModule(torch.nn.Module module, string? missing)
{
    public RecordedGraph Record(IReadOnlyList<OnnxTensor> inputs, Func<int, IReadOnlyList<string>> outputNames) =>
        throw new RecordingException($"'{module.GetType().Name}' {missing} {inputs.Count} {outputNames(1)}");
}
