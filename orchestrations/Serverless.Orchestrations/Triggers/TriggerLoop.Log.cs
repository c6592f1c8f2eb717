using Microsoft.Extensions.Logging;

namespace Serverless.Orchestrations.Triggers;

public sealed partial class TriggerLoop
{
    [LoggerMessage(3110, LogLevel.Error, "The queue of landings could not be read; it is tried again.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(3111, LogLevel.Warning, "The landing of {Dataset} could not be answered (delivery {Delivery}); it comes again.")]
    private partial void LogUnanswered(string dataset, int delivery, Exception exception);
}
