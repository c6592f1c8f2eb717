using Microsoft.Extensions.Logging;

namespace Serverless.Infra.Compute.ScaleSets;

public sealed partial class ScaleSetPool
{
    [LoggerMessage(9001, LogLevel.Information, "Scale set {Set} is created with {Capacity} machines of size {Size}.")]
    private partial void LogCreated(string set, int capacity, string size);

    [LoggerMessage(9002, LogLevel.Information, "Scale set {Set} is scaled to {Capacity} machines.")]
    private partial void LogScaled(string set, int capacity);

    [LoggerMessage(9003, LogLevel.Warning, "Scale set {Set} gets {Given} of {Wanted} machines: {Why}")]
    private partial void LogFewer(string set, int given, int wanted, string why);

    [LoggerMessage(9004, LogLevel.Information, "Node {Node} of scale set {Set} is being deleted.")]
    private partial void LogTerminating(string node, string set);

    [LoggerMessage(9005, LogLevel.Information, "Scale set {Set} is deleted: {Why}.")]
    private partial void LogDeleting(string set, string why);

    [LoggerMessage(9007, LogLevel.Warning, "What is short in {Region} is not known, and jobs are taken all the same: {Why}")]
    private partial void LogNotSaid(string region, string why);

    [LoggerMessage(9006, LogLevel.Warning, "Scale set {Set} could not be swept, the next sweep tries again: {Why}")]
    private partial void LogNotSwept(string set, string why);
}
