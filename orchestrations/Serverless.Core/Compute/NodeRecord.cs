using Serverless.Contracts.Agents;
using Serverless.Contracts.Compute;

namespace Serverless.Core.Compute;

/// <summary>What is stored of a node: its token's hash, what its agent said, and what it does.</summary>
public sealed record NodeRecord
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its pool.</summary>
    public required string Pool { get; init; }

    /// <summary>Where it stands.</summary>
    public required NodeStatus Status { get; init; }

    /// <summary>SHA-256 of its token, in hexadecimal; null when it proves itself otherwise, or no more.</summary>
    public string? TokenSha256 { get; init; }

    /// <summary>What its agent said of its machine.</summary>
    public NodeHello? Hello { get; init; }

    /// <summary>The job that it runs.</summary>
    public string? JobId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its agent first spoke.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>The first job that it took.</summary>
    public string? FirstJobId { get; init; }

    /// <summary>When its agent last spoke.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}
