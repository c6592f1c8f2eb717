using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Options;
using Serverless.Durable.Storage;

namespace Serverless.Durable.Working;

/// <summary>Advances the instances of one file as long as its process lives; while another worker does, it stands by and takes over at that one's end.</summary>
internal sealed class WorkflowWorker(
    IWorkflowStore store,
    WorkflowCatalog catalog,
    IServiceScopeFactory scopes,
    DurableOptions options,
    TimeProvider time,
    EngineSignals signals,
    ILogger<WorkflowWorker> logger) : IHostedService, IAsyncDisposable
{
    // An activity that does not heed its cancellation must not keep the process; it runs again after the next start.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly string owner = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
    private Task running = Task.CompletedTask;
    private bool isGivenUp;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        isGivenUp = !running.IsCompleted;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (isGivenUp)
            return;
        using var patience = new CancellationTokenSource(LongestStop, time);
        await running.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync()
    {
        var stop = stopping.Token;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using var alive = await TakeLockAsync(stop);
                    var epoch = await store.TakeLeaseAsync(owner, time.GetUtcNow(), stop);
                    using var term = new LeaseTerm(store, catalog, scopes, options, time, signals, logger, epoch);
                    signals.Woken = term.Wake;
                    logger.WorkerRuns(owner, options.Path);
                    await term.RunAsync(stop);
                    await store.GiveLeaseBackAsync(epoch, CancellationToken.None);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    if (error is ServerlessException or UnauthorizedAccessException)
                        logger.SweepFailed(error.Message);
                    else
                        logger.WorkerBroke(error);
                    await Task.Delay(options.Sweep, time, stop);
                }
                finally
                {
                    signals.Woken = null;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<WorkerLock> TakeLockAsync(CancellationToken stop)
    {
        if (WorkerLock.TryTake(options.Path) is { } first)
            return first;
        logger.WorkerStandsBy(options.Path);
        using var ticks = new PeriodicTimer(options.Sweep, time);
        while (await ticks.WaitForNextTickAsync(stop))
        {
            if (WorkerLock.TryTake(options.Path) is { } later)
                return later;
        }

        throw new OperationCanceledException(stop);
    }
}
