using Microsoft.Extensions.Hosting;
using Serverless.Infra.Local.Compute;

namespace Serverless.Infra.Local.Hosts;

/// <summary>Finds the nodes of an earlier host when this one starts, and ends all nodes when it stops.</summary>
internal sealed class LocalNodesLifetime(ProcessComputePool pool) : IHostedService
{
    /// <summary>Not awaited: the pool waits for it by itself, and the host shall answer at once.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = pool.RecoverAsync(CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => pool.StopAsync(cancellationToken);
}
