using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Serverless.Infra.Telemetry;

/// <summary>Listens while the host runs, and sends what is left when it stops.</summary>
internal sealed class TelemetryService(TracerProvider? traces, MeterProvider? metrics) : IHostedService, IDisposable
{
    /// <summary>How long the end of a host waits for a collector: one that does not answer must not hold it up.</summary>
    private const int StopMilliseconds = 2_000;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => traces?.Shutdown(StopMilliseconds), CancellationToken.None),
        Task.Run(() => metrics?.Shutdown(StopMilliseconds), CancellationToken.None));

    /// <inheritdoc/>
    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }
}
