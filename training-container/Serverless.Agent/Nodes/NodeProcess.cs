using Serverless.Agent.Hosts;
using Serverless.Agent.Leaving;
using Serverless.Agent.Logs;
using Serverless.Agent.Metadata;
using Serverless.Agent.Options;
using Serverless.Agent.Retries;

namespace Serverless.Agent.Nodes;

/// <summary>Puts an agent together: who the node is, how it proves it, and what watches over its machine while it works.</summary>
internal sealed class NodeProcess(AgentOptions options, LeaveOrder order, NodeLog log, TimeProvider clock)
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(10);

    /// <summary>Lives as long as the node does.</summary>
    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync()
    {
        using var metadata = options.Metadata is { } address ? new InstanceMetadata(address, clock) : null;
        if (await NameAsync(metadata) is not { } node)
            return order.Token.IsCancellationRequested ? ExitCodes.Left : ExitCodes.HostUnavailable;
        var named = options with { NodeId = node };
        using var identity = metadata is not null && options.IdentityAudience is { } audience ? new IdentityProof(metadata, audience, options.IdentityClient, clock) : null;
        using var host = new HostConnection(named, identity is null ? new TokenProof(options.Token) : identity);
        var watch = metadata is null ? null : new EvictionWatch(metadata, order, log, clock);
        using var over = new CancellationTokenSource();
        var watching = watch?.RunAsync(over.Token) ?? Task.CompletedTask;
        try
        {
            return await new NodeLoop(named, host, log, clock).RunAsync(order);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
            if (watch is not null)
                await watch.AcknowledgeAsync();
        }
    }

    /// <summary>The node's id: as it was given, or from the machine, which is asked again and again until the give-up time.</summary>
    private async Task<string?> NameAsync(InstanceMetadata? metadata)
    {
        if (options.NodeId != AgentOptions.NodeOfMachine || metadata is null)
            return options.NodeId;
        var backOff = new BackOff(Environment.ProcessId);
        var started = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return (await metadata.InstanceAsync(AskLimit, order.Token)).NodeId;
            }
            catch (MetadataFailure failure) when (clock.GetElapsedTime(started) < options.GiveUp)
            {
                log.NoMetadata(failure.Message);
                await Task.Delay(backOff.Next(), clock, order.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (MetadataFailure failure)
            {
                log.GaveUp(failure.Message);
                return null;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }
}
