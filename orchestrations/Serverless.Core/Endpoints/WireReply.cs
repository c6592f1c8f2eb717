namespace Serverless.Core.Endpoints;

/// <summary>An answer, ready to be written.</summary>
public sealed record WireReply
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Content-Type.</summary>
    public required string ContentType { get; init; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Further headers, such as Retry-After.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
