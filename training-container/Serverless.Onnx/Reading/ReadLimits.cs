namespace Serverless.Onnx.Reading;

/// <summary>What a model may have at most. A file beyond them is refused while it is read, before its parts take memory.</summary>
public sealed record ReadLimits
{
    /// <summary>Bytes of the file. 2 GiB is the limit of protobuf.</summary>
    public long MaxBytes { get; init; } = int.MaxValue;

    /// <summary>Nodes of all graphs together. The largest language models have some ten thousand.</summary>
    public int MaxNodes { get; init; } = 100_000;

    /// <summary>How deep graphs may lie in graphs (If in If in …). Exporters write one or two.</summary>
    public int MaxGraphDepth { get; init; } = 8;

    /// <summary>Fields of all messages together, the elements of lists included, but not the numbers inside raw data: a bound on the memory that reading takes.</summary>
    public long MaxFields { get; init; } = 20_000_000;
}
