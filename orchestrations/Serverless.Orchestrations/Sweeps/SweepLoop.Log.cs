using Microsoft.Extensions.Logging;

namespace Serverless.Orchestrations.Sweeps;

public sealed partial class SweepLoop
{
    [LoggerMessage(3500, LogLevel.Error, "The sweep of {What} failed; it is tried again.")]
    private partial void LogFailed(string what, Exception exception);
}
