namespace Serverless.Onnx.Graphs;

/// <summary>A model (<c>ModelProto</c>): a graph and what is needed to understand it.</summary>
public sealed record OnnxModel
{
    /// <summary>The version of the file format. 8 belongs to opset 17.</summary>
    public long IrVersion { get; init; } = 8;

    /// <summary>The operator sets and their versions.</summary>
    public required IReadOnlyList<OpsetImport> Opsets { get; init; }

    /// <summary>The program that wrote it.</summary>
    public string ProducerName { get; init; } = "";

    /// <summary>That program's version.</summary>
    public string ProducerVersion { get; init; } = "";

    /// <summary>The model's name space.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The model's own version.</summary>
    public long ModelVersion { get; init; }

    /// <summary>Words for people.</summary>
    public string Doc { get; init; } = "";

    /// <summary>The graph.</summary>
    public required OnnxGraph Graph { get; init; }

    /// <summary>Key and value pairs, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>Functions that the model brings along.</summary>
    public IReadOnlyList<OnnxFunction> Functions { get; init; } = [];

    /// <summary>The value of a metadata key; null when it is not there.</summary>
    public string? MetadataOf(string key) => Metadata.FirstOrDefault(pair => pair.Key == key).Value;
}
