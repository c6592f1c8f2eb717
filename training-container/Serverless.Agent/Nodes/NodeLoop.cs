using Serverless.Agent.Attempts;
using Serverless.Agent.Containers;
using Serverless.Agent.Hosts;
using Serverless.Agent.Leaving;
using Serverless.Agent.Logs;
using Serverless.Agent.Options;
using Serverless.Agent.Retries;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Nodes;

/// <summary>A node's life: hello, claim after claim, and leave when nothing came for a while.</summary>
internal sealed class NodeLoop(AgentOptions options, HostConnection host, NodeLog log, TimeProvider clock)
{
    private readonly BackOff backOff = new(StableSeed(options.NodeId));
    private readonly ContainerHost containers = new(options, log, clock);
    private long? unreachableSince;

    /// <summary>Lives until the node is idle for too long, is asked to leave, or cannot go on.</summary>
    /// <param name="order">The order to leave (pre-emption, shut-down).</param>
    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(LeaveOrder order)
    {
        var leave = order.Token;
        try
        {
            log.Hello(options.NodeId, options.Pool, options.Host);
            var welcome = await InsistAsync(token => host.HelloAsync(Machine.Describe(options), token), leave);
            await containers.RemoveOrphansAsync(leave);
            await WorkAsync(welcome, order);
            log.Leaves(leave.IsCancellationRequested ? Why(order) : "no work");
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            log.Leaves(Why(order));
        }
        catch (HostFailure failure)
        {
            log.GaveUp(failure.Message);
            return failure.Refused ? ExitCodes.Refused : ExitCodes.HostUnavailable;
        }

        await SayGoodbyeAsync();
        return ExitCodes.Left;
    }

    private static string Why(LeaveOrder order) => order.Notice is { } notice ? $"the machine is taken away ({notice.Why})" : "asked to";

    private async Task WorkAsync(NodeWelcome welcome, LeaveOrder order)
    {
        var leave = order.Token;
        var idleSince = clock.GetTimestamp();
        var attempts = new AttemptRunner(options, host, containers, welcome, log, clock);
        while (!leave.IsCancellationRequested)
        {
            var left = TimeSpan.FromSeconds(welcome.IdleSeconds) - clock.GetElapsedTime(idleSince);
            var wait = TimeSpan.FromSeconds(Math.Clamp(left.TotalSeconds, 0, AgentProtocol.MaxClaimWaitSeconds));
            var ticket = await InsistAsync(token => host.ClaimAsync(wait, token), leave);
            if (ticket is null && wait >= left)
                return;
            if (ticket is null)
                continue;
            log.Claimed(ticket.JobId, ticket.Epoch);
            await attempts.RunAsync(ticket, order);
            idleSince = clock.GetTimestamp();
        }
    }

    /// <summary>Asks again with growing pauses while the host is away, but not for ever.</summary>
    private async Task<T> InsistAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken leave)
    {
        while (true)
        {
            try
            {
                var answer = await ask(leave);
                unreachableSince = null;
                backOff.Reset();
                return answer;
            }
            catch (HostFailure failure) when (failure.Retryable)
            {
                unreachableSince ??= clock.GetTimestamp();
                if (clock.GetElapsedTime(unreachableSince.Value) >= options.GiveUp)
                    throw;
                var next = backOff.Next(failure.RetryAfter);
                log.HostUnreachable(failure.Message, next);
                await Task.Delay(next, clock, leave);
            }
        }
    }

    private async Task SayGoodbyeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
        try
        {
            await host.LeaveAsync(limit.Token);
        }
        catch (Exception unheard) when (unheard is HostFailure or OperationCanceledException)
        {
            log.Trouble("The host did not hear the goodbye", unheard);
        }
    }

    /// <summary>A number from the node's name that is the same in every process, unlike a string's hash code.</summary>
    private static int StableSeed(string node) => node.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter));
}
