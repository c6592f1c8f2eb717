namespace Serverless.Onnx.Writing;

/// <summary>When a model's weights go into a file of their own.</summary>
public sealed record ModelFileOptions
{
    /// <summary>Weights of more bytes than this in all go beside the model. Default: 1.9 GiB, since a protobuf message ends at 2 GiB and the graph wants room too.</summary>
    public long MostBytesInside { get; init; } = (long)(1.9 * (1L << 30));

    /// <summary>Weights with fewer bytes than this stay inside: runtimes look at small constants (shapes, axes) while they load. Default: 1,024.</summary>
    public int FewestBytesOutside { get; init; } = 1024;

    /// <summary>Each weight begins at a multiple of this, so that runtimes can map it into memory. Default: 4,096, the size of a page.</summary>
    public int Alignment { get; init; } = 4096;

    /// <summary>What is added to the model's file name for the file beside it. Default: <c>.data</c>.</summary>
    public string Suffix { get; init; } = ".data";
}
