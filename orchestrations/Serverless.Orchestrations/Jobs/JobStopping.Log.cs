using Microsoft.Extensions.Logging;

namespace Serverless.Orchestrations.Jobs;

public sealed partial class JobStopping
{
    [LoggerMessage(3002, LogLevel.Warning, "Job {JobId} shall stop, and its workflow finds it later, because it could not be told now: {Why}")]
    private partial void LogNotTold(string jobId, string why);
}
