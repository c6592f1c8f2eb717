using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serverless.Core.Failures;

namespace Serverless.Infra.Azure.Documents;

/// <summary>
/// Makes the table, beside the host's start: it is there on every start but the first, so nobody waits for the look, and a service that does not answer for a while ends no process.
/// </summary>
internal sealed partial class TableLifetime(TableRowStore rows, TimeProvider clock, ILogger<TableLifetime> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await rows.EnsureTableAsync(stoppingToken);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (ServerlessException failure)
            {
                LogFailed(failure.Message, Pause.TotalSeconds);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(9700, LogLevel.Warning, "The table of the documents could not be looked for; it is tried again in {Seconds} s. {Message}")]
    private partial void LogFailed(string message, double seconds);
}
