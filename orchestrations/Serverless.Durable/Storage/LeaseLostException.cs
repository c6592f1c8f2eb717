namespace Serverless.Durable.Storage;

/// <summary>Another worker has taken the lease: this one may change nothing any more.</summary>
internal sealed class LeaseLostException(long mine, string owner, long epoch)
    : Exception($"The lease of epoch {mine} is over: worker '{owner}' holds epoch {epoch}.");
