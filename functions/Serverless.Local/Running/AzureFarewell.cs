using Serverless.Core.Failures;
using Serverless.Infra.Compute.ScaleSets;

namespace Serverless.Local.Running;

/// <summary>Ends the machines in Azure when this host stops: nobody would give them work or delete them any more, and they would go on costing money. Jobs that ran there go on from their last checkpoint once the host is back.</summary>
internal sealed partial class AzureFarewell(ScaleSetPool pool, ScaleSetPoolOptions options, TimeProvider clock, ILogger<AzureFarewell> log) : IHostedLifecycleService
{
    /// <summary>Shorter than the host's own limit, so that what is left can still be said.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = clock.CreateTimer(_ => limit.Cancel(), null, Limit, Timeout.InfiniteTimeSpan);
        await Task.WhenAll(options.Templates.Select(template => EndAsync(template.Pool.Name, limit.Token)));
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

    private async Task EndAsync(string name, CancellationToken cancel)
    {
        try
        {
            foreach (var node in await pool.ListAsync(name, cancel))
                await pool.TerminateAsync(name, node.Id, cancel);
        }
        catch (Exception error) when (error is OperationCanceledException or ServerlessException or Azure.Identity.AuthenticationFailedException)
        {
            LogLeft(name, error);
        }
    }

    [LoggerMessage(7003, LogLevel.Error, "Machines of the pool {Pool} may be left in Azure and cost money: start this host again, which deletes them, or delete its scale set.")]
    private partial void LogLeft(string pool, Exception error);
}
