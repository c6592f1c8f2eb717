namespace Serverless.Core.Endpoints;

/// <summary>A request's body and what its headers say of it.</summary>
public sealed record WireRequest
{
    /// <summary>The body, as it comes in.</summary>
    public required Stream Body { get; init; }

    /// <summary>Content-Type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Content-Encoding; anything but <c>identity</c> is refused.</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Content-Length; null when it is not said.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Accept.</summary>
    public string? Accept { get; init; }

    /// <summary>Inference-Header-Content-Length, as it came.</summary>
    public string? InferenceHeaderContentLength { get; init; }

    /// <summary>What keeps a caller at the same model version when traffic is split; null: any.</summary>
    public string? StickyKey { get; init; }
}
