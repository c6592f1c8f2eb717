using Serverless.Contracts.Models;

namespace Serverless.Contracts.Inference;

/// <summary>What a model takes and gives (Open Inference Protocol, version 2).</summary>
public sealed record InferMetadata
{
    /// <summary>The endpoint's name.</summary>
    public required string Name { get; init; }

    /// <summary>The versions that answer.</summary>
    public IReadOnlyList<string> Versions { get; set; } = [];

    /// <summary><c>onnxruntime_onnx</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The inputs.</summary>
    public required IReadOnlyList<TensorSignature> Inputs { get; init; }

    /// <summary>The outputs.</summary>
    public required IReadOnlyList<TensorSignature> Outputs { get; init; }
}
