namespace Serverless.Onnx.Graphs;

/// <summary>A graph (<c>GraphProto</c>): nodes in an order in which each one's inputs are there.</summary>
public sealed record OnnxGraph
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The inputs that a caller gives.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; init; } = [];

    /// <summary>The outputs.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; init; } = [];

    /// <summary>The nodes.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>The constants: weights and tables.</summary>
    public IReadOnlyList<OnnxTensor> Initializers { get; init; } = [];

    /// <summary>Constants that name only what is not zero.</summary>
    public IReadOnlyList<OnnxSparseTensor> SparseInitializers { get; init; } = [];

    /// <summary>Types of values in between.</summary>
    public IReadOnlyList<OnnxValue> Values { get; init; } = [];

    /// <summary>Words for people.</summary>
    public string Doc { get; init; } = "";
}
