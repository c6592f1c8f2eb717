namespace Serverless.Core.Jobs;

/// <summary>Who holds a job.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="ExpiresAt">Until when, by the host's clock.</param>
public sealed record JobLease(string NodeId, DateTimeOffset ExpiresAt);
