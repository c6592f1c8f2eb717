using Microsoft.Extensions.Hosting;

namespace Serverless.Infra.Azure.Documents;

/// <summary>Makes the table before the host answers anybody.</summary>
internal sealed class TableLifetime(TableRowStore rows) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => rows.EnsureTableAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
