namespace Serverless.Contracts.Inference;

/// <summary>An inference request of the Open Inference Protocol, version 2, as JSON. Used by clients; the host reads the bytes itself.</summary>
public sealed record InferRequest
{
    /// <summary>Any text; comes back in the answer.</summary>
    public string? Id { get; init; }

    /// <summary>The inputs.</summary>
    public required IReadOnlyList<InferTensor> Inputs { get; init; }

    /// <summary>The outputs that are wanted; null: all.</summary>
    public IReadOnlyList<InferOutput>? Outputs { get; init; }
}
