using Microsoft.Extensions.Logging;

namespace Serverless.Infra.Local.Compute;

public sealed partial class ProcessComputePool
{
    [LoggerMessage(8001, LogLevel.Information, "Node {Node} of pool {Pool} is started as process {Process}.")]
    private partial void LogStarted(string node, string pool, int process);

    [LoggerMessage(8002, LogLevel.Information, "Node {Node} of pool {Pool} still runs as process {Process}; an earlier host started it.")]
    private partial void LogFound(string node, string pool, int process);

    [LoggerMessage(8003, LogLevel.Information, "Node {Node} has ended with code {Code}.")]
    private partial void LogEnded(string node, int? code);

    [LoggerMessage(8004, LogLevel.Warning, "Node {Node} did not end within {Grace} and is killed with all its processes.")]
    private partial void LogKilling(string node, TimeSpan grace);

    [LoggerMessage(8005, LogLevel.Information, "Node {Node} speaks to {Old}, this host answers at {New}: the node is ended.")]
    private partial void LogStranger(string node, string old, string @new);

    [LoggerMessage(8006, LogLevel.Warning, "Node {Node} has ended, but some of its processes cannot be killed.")]
    private partial void LogLeft(string node);

    [LoggerMessage(8007, LogLevel.Error, "There was trouble while {What}.")]
    private partial void LogTrouble(string what, Exception exception);
}
