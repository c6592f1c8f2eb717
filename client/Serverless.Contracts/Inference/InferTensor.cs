using System.Text.Json;

namespace Serverless.Contracts.Inference;

/// <summary>A tensor as JSON.</summary>
public sealed record InferTensor
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its shape.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>Its type: BOOL, UINT8 … UINT64, INT8 … INT64, FP16, FP32, FP64, BYTES.</summary>
    public required string Datatype { get; init; }

    /// <summary>Its elements, flat in row-major order or nested.</summary>
    public JsonElement Data { get; init; }
}
