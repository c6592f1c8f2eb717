using Microsoft.Extensions.Logging;

namespace Serverless.Orchestrations.Triggers;

public sealed partial class TriggerDispatch
{
    [LoggerMessage(3100, LogLevel.Information, "Trigger {Trigger} started job {JobId} for data {Dataset}.")]
    private partial void LogFired(string trigger, string dataset, string jobId);

    [LoggerMessage(3101, LogLevel.Warning, "A message says that data {Dataset} landed, but there is no such version.")]
    private partial void LogUnknownData(string dataset);
}
