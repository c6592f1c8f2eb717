namespace Serverless.Onnx.Graphs;

/// <summary>A function that a model brings along (<c>FunctionProto</c>): an operator made of other operators.</summary>
public sealed record OnnxFunction
{
    /// <summary>The operator set that it is in.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The operator's name.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the inputs.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Names of the outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Names of the attributes without a default.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>The attributes with a default.</summary>
    public IReadOnlyList<OnnxAttribute> Defaults { get; init; } = [];

    /// <summary>The nodes.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; init; } = [];

    /// <summary>The operator sets that the nodes are from.</summary>
    public IReadOnlyList<OpsetImport> Opsets { get; init; } = [];
}
