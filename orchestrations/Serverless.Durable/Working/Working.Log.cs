using Microsoft.Extensions.Logging;

namespace Serverless.Durable.Working;

internal static partial class WorkingLog
{
    [LoggerMessage(4500, LogLevel.Information, "The workflow worker {Owner} runs on '{Path}'.")]
    public static partial void WorkerRuns(this ILogger logger, string owner, string path);

    [LoggerMessage(4501, LogLevel.Warning, "Another worker is alive on '{Path}': this one is on standby.")]
    public static partial void WorkerStandsBy(this ILogger logger, string path);

    [LoggerMessage(4502, LogLevel.Warning, "The workflow worker gives up its lease: {Reason}")]
    public static partial void LeaseLost(this ILogger logger, string reason);

    [LoggerMessage(4503, LogLevel.Warning, "A turn of workflow {InstanceId} could not be stored and is made again in {DelayMs} ms: {Reason}")]
    public static partial void TurnNotStored(this ILogger logger, string instanceId, double delayMs, string reason);

    [LoggerMessage(4504, LogLevel.Error, "Workflow {InstanceId} cannot be run and waits for the next start of the host.")]
    public static partial void InstanceParked(this ILogger logger, Exception error, string instanceId);

    [LoggerMessage(4505, LogLevel.Warning, "Workflow {InstanceId} failed ({Code}): {Reason}")]
    public static partial void WorkflowFailed(this ILogger logger, string instanceId, string code, string reason);

    [LoggerMessage(4506, LogLevel.Information, "Activity {Activity} of workflow {InstanceId} failed in attempt {Attempt} ({Code}): {Reason}")]
    public static partial void ActivityFailed(this ILogger logger, string activity, string instanceId, int attempt, string code, string reason);

    [LoggerMessage(4507, LogLevel.Warning, "What is due could not be read and is tried again: {Reason}")]
    public static partial void DueFailed(this ILogger logger, string reason);

    [LoggerMessage(4508, LogLevel.Warning, "The workflow store could not be looked at and is tried again: {Reason}")]
    public static partial void SweepFailed(this ILogger logger, string reason);

    [LoggerMessage(4509, LogLevel.Critical, "The workflow worker stopped by a defect and is started again.")]
    public static partial void WorkerBroke(this ILogger logger, Exception error);
}
