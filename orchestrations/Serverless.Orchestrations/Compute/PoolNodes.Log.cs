using Microsoft.Extensions.Logging;

namespace Serverless.Orchestrations.Compute;

public sealed partial class PoolNodes
{
    [LoggerMessage(3210, LogLevel.Warning, "Node {Node} of pool {Pool} is ended: {Why}.")]
    private partial void LogEnding(string node, string pool, string why);

    [LoggerMessage(3211, LogLevel.Warning, "Node {Node} of pool {Pool} could not be ended: {Reason} It is tried again.")]
    private partial void LogRefused(string node, string pool, string reason);
}
