using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serverless.Api.Routing;
using Serverless.Contracts.Hosts;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;

namespace Serverless.Api.Hosts;

/// <summary>Whether the host is alive and can do its work.</summary>
internal sealed partial class Readiness(IEnumerable<ReadinessCheck> checks, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Readiness> log)
{
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(5);

    /// <summary>Alive: the process answers.</summary>
    public Task LiveAsync(ApiCall call, CancellationToken cancel) =>
        call.WriteAsync(new Health("ready", new Dictionary<string, string>()), ContractsJson.Default.Health, cancel);

    /// <summary>Ready: every part answers, and the host is not going down.</summary>
    public async Task ReadyAsync(ApiCall call, CancellationToken cancel)
    {
        var health = await LookAsync(cancel);
        var status = health.Status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await call.WriteAsync(health, ContractsJson.Default.Health, cancel, status);
    }

    /// <summary>The same in the words of the Open Inference Protocol.</summary>
    public Task InferLiveAsync(ApiCall call, CancellationToken cancel) => WriteAsync(call, """{"live":true}""", StatusCodes.Status200OK, cancel);

    /// <summary>The same in the words of the Open Inference Protocol.</summary>
    public async Task InferReadyAsync(ApiCall call, CancellationToken cancel)
    {
        var ready = (await LookAsync(cancel)).Status == "ready";
        await WriteAsync(call, ready ? """{"ready":true}""" : """{"ready":false}""", ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, cancel);
    }

    private async Task<Health> LookAsync(CancellationToken cancel)
    {
        var results = new Dictionary<string, string>();
        foreach (var check in checks)
            results[check.Name] = await RunAsync(check, cancel);
        var status = lifetime.ApplicationStopping.IsCancellationRequested ? "stopping" : results.Values.All(result => result == "ok") ? "ready" : "failing";
        return new Health(status, results);
    }

    private async Task<string> RunAsync(ReadinessCheck check, CancellationToken cancel)
    {
        try
        {
            await check.RunAsync(cancel).WaitAsync(CheckLimit, clock, cancel);
            return "ok";
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(error, check.Name);
            return error switch
            {
                ServerlessException known => known.Message,
                TimeoutException => $"did not answer within {CheckLimit.TotalSeconds:0} s",
                _ => "failed; the host's log says why",
            };
        }
    }

    private static Task WriteAsync(ApiCall call, string json, int status, CancellationToken cancel)
    {
        call.Http.Response.StatusCode = status;
        call.Http.Response.ContentType = "application/json";
        return call.Http.Response.WriteAsync(json, cancel);
    }

    [LoggerMessage(6010, LogLevel.Warning, "The check of '{Part}' failed.")]
    private partial void LogFailed(Exception error, string part);
}
