using Serverless.Core.Failures;
using Serverless.Infra.Local.Compute;

namespace Serverless.Local.Running;

/// <summary>
/// Ends the nodes when the host stops, while it still answers, so that agents can say how their programs ended; from then on no new ones are started.
/// (After a kill nothing of this runs: the nodes live on and are found again.)
/// </summary>
internal sealed partial class NodeFarewell(ProcessComputePool machines, TimeProvider clock, ILogger<NodeFarewell> log) : IHostedLifecycleService
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await machines.StopAsync(cancellationToken).WaitAsync(Limit, clock, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException or ServerlessException)
        {
            LogLeft(error);
        }
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(7001, LogLevel.Warning, "Not all nodes have ended; they leave by themselves when they find no host.")]
    private partial void LogLeft(Exception error);
}
