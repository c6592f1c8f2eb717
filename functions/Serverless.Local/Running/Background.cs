using Serverless.Local.Drops;
using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Triggers;

namespace Serverless.Local.Running;

/// <summary>What runs beside the requests. It begins once the host answers, so that the first answer does not wait for it.</summary>
internal sealed class Background(TriggerLoop triggers, SweepLoop sweeps, DropLoop drops, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        using var onStopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        await started.Task;
        await Task.WhenAll(triggers.RunAsync(stoppingToken), sweeps.RunAsync(stoppingToken), drops.RunAsync(stoppingToken));
    }
}
