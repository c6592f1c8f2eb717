using Serverless.Agent.Leases;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Output;

/// <summary>
/// Sends the spool to the host: from the offset that the host has. An append that arrived but whose answer was lost is found out by the length in the next answer.
/// </summary>
internal sealed class LogShipment(LogSpool spool, AttemptCalls calls, TimeSpan batch, TimeProvider clock)
{
    private readonly byte[] buffer = new byte[AgentProtocol.MaxLogBytes];
    private long sent;

    /// <summary>Sends what comes until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await FlushAsync(cancel);
            await Task.Delay(batch, clock, cancel);
        }
    }

    /// <summary>Sends all that is there now.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        while (sent < spool.Length)
        {
            var count = spool.Read(sent, buffer.AsSpan(0, (int)Math.Min(buffer.Length, spool.Length - sent)));
            sent = Math.Clamp(await calls.AppendLogAsync(sent, buffer.AsMemory(0, count), cancel), 0, spool.Length);
        }
    }
}
