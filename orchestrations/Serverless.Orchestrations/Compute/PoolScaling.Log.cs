using Microsoft.Extensions.Logging;

namespace Serverless.Orchestrations.Compute;

public sealed partial class PoolScaling
{
    [LoggerMessage(3200, LogLevel.Information, "Pool {Pool} has {There} of the {Wanted} nodes that its jobs need.")]
    private partial void LogFewer(string pool, int wanted, int there);

    [LoggerMessage(3201, LogLevel.Warning, "Pool {Pool} could not be brought to {Wanted} nodes ({Code}): {Reason} Its jobs wait; it is tried again.")]
    private partial void LogRefused(string pool, int wanted, string code, string reason);
}
