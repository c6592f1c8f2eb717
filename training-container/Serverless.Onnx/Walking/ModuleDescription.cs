using Serverless.Onnx.Graphs;
using Serverless.Onnx.Recording;

namespace Serverless.Onnx.Walking;

/// <summary>A module as one reads it without running it: its kind, its settings and its weights.</summary>
public sealed record ModuleDescription
{
    /// <summary>Its name in its parent, such as <c>0</c> or <c>encoder</c>; empty for the root.</summary>
    public required string Name { get; init; }

    /// <summary>The class in torch.nn, such as <c>Conv2d</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Settings by the names of torch.nn, such as <c>kernel_size</c>. Enumerations are texts in lower case; what is left open is <see cref="RecordedConstant.None"/>.</summary>
    public IReadOnlyDictionary<string, RecordedConstant> Settings { get; init; } = new Dictionary<string, RecordedConstant>();

    /// <summary>Its own parameters and buffers, such as <c>weight</c>; not those of its children.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Weights { get; init; } = new Dictionary<string, OnnxTensor>();

    /// <summary>The modules in it, in order.</summary>
    public IReadOnlyList<ModuleDescription> Children { get; init; } = [];

    /// <summary>Whether its forward is code of its own, of which nothing is known.</summary>
    public bool CustomForward { get; init; }
}
