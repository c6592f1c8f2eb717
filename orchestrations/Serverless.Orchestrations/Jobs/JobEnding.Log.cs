using Microsoft.Extensions.Logging;
using Serverless.Contracts.Jobs;

namespace Serverless.Orchestrations.Jobs;

public sealed partial class JobEnding
{
    [LoggerMessage(3000, LogLevel.Information, "Job {JobId} ended: {Status} ({Reason}). {Words}")]
    private partial void LogEnded(string jobId, JobStatus status, JobReason reason, string? words);

    [LoggerMessage(3001, LogLevel.Warning, "Job {JobId} waits for a node again after attempt {Attempt} ({Reason}). {Words}")]
    private partial void LogRequeued(string jobId, int attempt, JobReason reason, string? words);
}
