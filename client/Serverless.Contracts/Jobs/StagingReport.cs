namespace Serverless.Contracts.Jobs;

/// <summary>What it took to bring a job's inputs to the node.</summary>
/// <param name="CopiedBytes">Bytes that were copied or downloaded.</param>
/// <param name="CachedBytes">Bytes that were on the node already, by content hash.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record StagingReport(long CopiedBytes, long CachedBytes, double Seconds);
