using Microsoft.Extensions.Logging;

namespace Serverless.Inference;

/// <summary>What the preload and the library log (ids 5010–5019).</summary>
internal sealed partial class RuntimePreload
{
    private static partial class Log
    {
        [LoggerMessage(5010, LogLevel.Debug, "ONNX Runtime {Version} loaded")]
        public static partial void Loaded(ILogger log, string version);

        [LoggerMessage(5011, LogLevel.Error, "{Message} {Cure}")]
        public static partial void Missing(ILogger log, string message, string cure);

        [LoggerMessage(EventId = 5012, Message = "ONNX Runtime says: {Message}")]
        public static partial void Library(ILogger log, LogLevel level, string message);
    }
}
