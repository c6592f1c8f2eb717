namespace Serverless.Onnx.Graphs;

/// <summary>A node (<c>NodeProto</c>): one use of an operator.</summary>
public sealed record OnnxNode
{
    /// <summary>The operator, such as <c>Gemm</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>The operator set that it is from; empty for ai.onnx.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The node's name; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Names of the inputs; an empty one is an optional input left out.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Names of the outputs; an empty one is an optional output left out.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The attributes.</summary>
    public IReadOnlyList<OnnxAttribute> Attributes { get; init; } = [];

    /// <summary>The attribute of a name; null when it is not there.</summary>
    public OnnxAttribute? Attribute(string name) => Attributes.FirstOrDefault(attribute => attribute.Name == name);

    /// <summary>A whole number among the attributes.</summary>
    public long IntOf(string name, long fallback) => Attribute(name) is { Kind: AttributeKind.Int } found ? found.Int : fallback;

    /// <summary>Whole numbers among the attributes; null when they are not there.</summary>
    public IReadOnlyList<long>? IntsOf(string name) => Attribute(name) is { Kind: AttributeKind.Ints } found ? found.Ints : null;
}
