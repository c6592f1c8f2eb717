using Serverless.Agent.Leaving;
using Serverless.Agent.Logs;

namespace Serverless.Agent.Metadata;

/// <summary>
/// Asks the machine's metadata service every second whether the machine will be taken away, and then gives the order to leave. A service that is absent, slow or wrong does no
/// harm: it is asked more and more seldom, and nothing else waits for it.
/// </summary>
internal sealed class EvictionWatch(InstanceMetadata metadata, LeaveOrder order, NodeLog log, TimeProvider clock)
{
    /// <summary>As Azure recommends: a spot machine has 30 seconds from its notice on.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(30);

    /// <summary>The first call turns the service on for the machine, which takes up to two minutes.</summary>
    private static readonly TimeSpan FirstLimit = TimeSpan.FromSeconds(150);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AcknowledgeLimit = TimeSpan.FromSeconds(5);
    private bool told;

    /// <summary>Watches until the machine is to go, or it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var wait = Every;
        InstanceIdentity? machine = null;
        var first = true;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                machine ??= await metadata.InstanceAsync(Limit, cancel);
                var events = await metadata.EventsAsync(first ? FirstLimit : Limit, cancel);
                first = false;
                wait = Every;
                told = false;
                if (EvictionRule.Decide(events, machine.Name) is { } notice)
                {
                    log.MachineGoes(notice.Why, notice.NotBefore);
                    order.Give(notice);
                    return;
                }
            }
            catch (MetadataFailure failure)
            {
                if (!told)
                    log.NoMetadata(failure.Message);
                told = true;
                wait = wait * 2 < Seldom ? wait * 2 : Seldom;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(wait, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The node is done: the event may happen now. One that is not heard happens at its time.</summary>
    public async Task AcknowledgeAsync()
    {
        if (order.Notice is not { } notice)
            return;
        try
        {
            await metadata.AcknowledgeAsync(notice.EventId, AcknowledgeLimit, CancellationToken.None);
        }
        catch (MetadataFailure failure)
        {
            log.NoMetadata(failure.Message);
        }
    }
}
