using Microsoft.Extensions.Logging;
using Serverless.Contracts.Jobs;

namespace Serverless.Orchestrations.Jobs;

public sealed partial class JobEnding
{
    [LoggerMessage(3000, LogLevel.Information, "Job {JobId} ended: {Status} ({Reason}). {Words}")]
    private partial void LogEnded(string jobId, JobStatus status, JobReason reason, string? words);
}
