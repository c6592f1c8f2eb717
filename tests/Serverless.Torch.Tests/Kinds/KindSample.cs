using Serverless.Torch.Exporting;
using Serverless.Torch.Recording;
using TorchSharp;

namespace Serverless.Torch.Tests.Kinds;

/// <summary>A module of a kind in one configuration.</summary>
/// <param name="Module">The module.</param>
/// <param name="Examples">Its inputs.</param>
/// <param name="Settings">The configuration, for messages.</param>
internal sealed record KindSample(torch.nn.Module Module, IReadOnlyList<torch.Tensor> Examples, string Settings)
{
    /// <summary>How it is called; null: with the examples.</summary>
    public ModuleCall? Call { get; init; }

    /// <summary>How it is exported.</summary>
    public OnnxExportOptions Options { get; init; } = new();
}
