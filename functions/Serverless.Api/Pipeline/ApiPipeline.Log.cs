using Microsoft.Extensions.Logging;

namespace Serverless.Api.Pipeline;

public sealed partial class ApiPipeline
{
    [LoggerMessage(6000, LogLevel.Error, "{Method} {Route} failed in a way that was not foreseen ({TraceId}).")]
    private partial void LogUnforeseen(Exception error, string method, string route, string traceId);

    [LoggerMessage(6001, LogLevel.Warning, "{Method} {Route} failed: {Code}: {Message} ({TraceId})")]
    private partial void LogFailed(string method, string route, string code, string message, string traceId);

    [LoggerMessage(6002, LogLevel.Warning, "{Method} {Route} was broken off after its answer had begun ({TraceId}).")]
    private partial void LogBrokenOff(Exception error, string method, string route, string traceId);

    [LoggerMessage(6003, LogLevel.Information, "{Method} {Route} refused to '{Caller}': {Code} ({TraceId})")]
    private partial void LogRefused(string method, string route, string caller, string code, string traceId);
}
