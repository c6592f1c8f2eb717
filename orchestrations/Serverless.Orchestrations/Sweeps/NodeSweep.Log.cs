using Microsoft.Extensions.Logging;

namespace Serverless.Orchestrations.Sweeps;

public sealed partial class NodeSweep
{
    [LoggerMessage(3400, LogLevel.Warning, "Node {Node} of pool {Pool} is ended: {Why}.")]
    private partial void LogEnding(string node, string pool, string why);

    [LoggerMessage(3401, LogLevel.Warning, "The nodes of pool {Pool} could not be looked at: {Reason}")]
    private partial void LogUnavailable(string pool, string reason);
}
