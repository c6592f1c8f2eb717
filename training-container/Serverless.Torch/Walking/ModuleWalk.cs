using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;
using Serverless.Onnx.Walking;
using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Walking;

/// <summary>A module read by its settings, where there is no bridge.</summary>
/// <param name="module">The module.</param>
/// <param name="missing">Why there is no bridge; null when walking was asked for.</param>
internal sealed class ModuleWalk(torch.nn.Module module, string? missing)
{
    private readonly ModuleDescription description = ModuleReader.Read(module);

    /// <summary>What would be recorded for these inputs.</summary>
    /// <exception cref="RecordingException">The settings do not say it all: a forward of one's own, or a kind that is not known.</exception>
    public RecordedGraph Record(IReadOnlyList<OnnxTensor> inputs, Func<int, IReadOnlyList<string>> outputNames) =>
        ModuleWalker.Walk(description, [.. inputs.Select(input => new WalkedInput(input.Name, input.Element, input.Dims))], outputNames, out var refusals)
        ?? throw new RecordingException(string.Join(Environment.NewLine, refusals.Select(refusal => refusal.ToString()).Append(missing ?? "")).TrimEnd());
}
