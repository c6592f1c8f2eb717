namespace Serverless.Onnx.Recording;

/// <summary>What a recording may have at most.</summary>
public sealed record RecordingLimits
{
    /// <summary>Bytes of the JSON without the data of tensors. A transformer of 12 layers takes about 300 kB.</summary>
    public int MaxJsonBytes { get; init; } = 256 << 20;

    /// <summary>Operators. The same limit as for nodes of a model that is read.</summary>
    public int MaxNodes { get; init; } = 100_000;

    /// <summary>Inputs, parameters and buffers.</summary>
    public int MaxInputs { get; init; } = 100_000;

    /// <summary>Inputs or outputs of one operator. Concatenations take long lists.</summary>
    public int MaxOperands { get; init; } = 10_000;

    /// <summary>Dimensions of a tensor. libtorch itself allows 64.</summary>
    public int MaxRank { get; init; } = 64;

    /// <summary>Characters of a name or a place.</summary>
    public int MaxTextLength { get; init; } = 4_096;

    /// <summary>Errors that are told.</summary>
    public int MaxErrors { get; init; } = 100;
}
