namespace Serverless.Onnx.Recording;

/// <summary>
/// One run of a network as libtorch recorded it: the operators in the order in which they ran, the types and shapes that they gave, and the constants that went in.
/// Everything depends on the sizes of that run; a model comes from several recordings.
/// </summary>
public sealed record RecordedGraph
{
    /// <summary>The libtorch that ran it, such as <c>1.13.1</c>; may be empty.</summary>
    public string TorchVersion { get; init; } = "";

    /// <summary>What the caller gave, and the network's parameters and buffers.</summary>
    public required IReadOnlyList<RecordedInput> Inputs { get; init; }

    /// <summary>The operators, in order of execution.</summary>
    public required IReadOnlyList<RecordedNode> Nodes { get; init; }

    /// <summary>What the network returned; lists and tuples laid flat.</summary>
    public required IReadOnlyList<RecordedOutput> Outputs { get; init; }
}
