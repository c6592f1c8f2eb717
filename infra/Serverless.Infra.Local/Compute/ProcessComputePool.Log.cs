using Microsoft.Extensions.Logging;

namespace Serverless.Infra.Local.Compute;

public sealed partial class ProcessComputePool
{
    [LoggerMessage(5001, LogLevel.Information, "Node {Node} of pool {Pool} is started as process {Process}.")]
    private partial void LogStarted(string node, string pool, int process);

    [LoggerMessage(5002, LogLevel.Information, "Node {Node} of pool {Pool} still runs as process {Process}; an earlier host started it.")]
    private partial void LogFound(string node, string pool, int process);

    [LoggerMessage(5003, LogLevel.Information, "Node {Node} has ended with code {Code}.")]
    private partial void LogEnded(string node, int? code);

    [LoggerMessage(5004, LogLevel.Warning, "Node {Node} did not end within {Grace} and is killed with all its processes.")]
    private partial void LogKilling(string node, TimeSpan grace);

    [LoggerMessage(5005, LogLevel.Information, "Node {Node} speaks to {Old}, this host answers at {New}: the node is ended.")]
    private partial void LogStranger(string node, string old, string @new);

    [LoggerMessage(5006, LogLevel.Warning, "Node {Node} has ended, but some of its processes cannot be killed.")]
    private partial void LogLeft(string node);

    [LoggerMessage(5007, LogLevel.Error, "There was trouble while {What}.")]
    private partial void LogTrouble(string what, Exception exception);
}
