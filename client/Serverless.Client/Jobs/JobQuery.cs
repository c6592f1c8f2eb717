using Serverless.Client.Http;
using Serverless.Contracts.Jobs;

namespace Serverless.Client.Jobs;

/// <summary>Which jobs, newest first.</summary>
public sealed record JobQuery
{
    /// <summary>Any part of the name, without regard to case; null: every name.</summary>
    public string? Contains { get; init; }

    /// <summary>Where they stand; null: anywhere.</summary>
    public JobStatus? Status { get; init; }

    /// <summary>The page.</summary>
    public PageRequest? Page { get; init; }
}
