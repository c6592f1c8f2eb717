using Microsoft.Extensions.Logging;
using Serverless.Core.Endpoints;

namespace Serverless.Inference.Sessions;

/// <summary>What the pool logs (ids 5000–5009).</summary>
internal sealed partial class SessionPool
{
    private static partial class Log
    {
        [LoggerMessage(5000, LogLevel.Information, "Model {Model} loaded: {Bytes} bytes in {Milliseconds:0.0} ms")]
        public static partial void Loaded(ILogger log, EndpointModel model, int bytes, double milliseconds);

        [LoggerMessage(5001, LogLevel.Information, "Model {Model} unloaded: {Reason}")]
        public static partial void Unloaded(ILogger log, EndpointModel model, string reason);
    }
}
