using System.Text.Json.Serialization;

namespace Serverless.Contracts.Inference;

/// <summary>The answer to an <see cref="InferRequest"/>.</summary>
public sealed record InferResponse
{
    /// <summary>The endpoint's name.</summary>
    [JsonPropertyName("model_name")]
    public required string ModelName { get; init; }

    /// <summary>The model version that answered.</summary>
    [JsonPropertyName("model_version")]
    public string? ModelVersion { get; init; }

    /// <summary>The request's id.</summary>
    public string? Id { get; init; }

    /// <summary>The outputs.</summary>
    public required IReadOnlyList<InferTensor> Outputs { get; init; }
}
