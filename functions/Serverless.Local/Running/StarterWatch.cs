using Serverless.Infra.Local.Unix;

namespace Serverless.Local.Running;

/// <summary>
/// Stops the host in order once the process that started it has ended. Whoever starts a host for the length of an own life asks for this, since one that is
/// killed cannot stop it any more.
/// </summary>
/// <param name="process">The process's number.</param>
/// <param name="lifetime">What stops the host.</param>
/// <param name="clock">The clock of looks.</param>
/// <param name="log">Where it is said.</param>
internal sealed partial class StarterWatch(int process, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<StarterWatch> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        // The number alone may be another process's by the time we look.
        var identity = ProcessIdentity.Of(process);
        while (identity is not null && ProcessIdentity.Of(process) == identity)
            await timer.WaitForNextTickAsync(stoppingToken);
        LogEnded(process);
        lifetime.StopApplication();
    }

    [LoggerMessage(7002, LogLevel.Information, "Process {Process}, with which this host stops, has ended.")]
    private partial void LogEnded(int process);
}
