using Serverless.Agent.Hosts;
using Serverless.Agent.Leases;
using Serverless.Agent.Logs;
using Serverless.Agent.Options;
using Serverless.Agent.Programs;
using Serverless.Agent.Staging;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Attempts;

/// <summary>Runs claimed jobs, one at a time: brings what a job needs, runs its program, and tells how it ended. Whatever happens to one leaves the agent fit for the next.</summary>
internal sealed class AttemptRunner(AgentOptions options, HostConnection host, NodeWelcome welcome, NodeLog log, TimeProvider clock)
{
    private readonly ContentCache cache = new(Path.Combine(options.DataFolder, "cache"), options.CacheBytes, clock);

    /// <summary>Runs one attempt to its end.</summary>
    /// <param name="ticket">The claimed job.</param>
    /// <param name="leave">Cancelled when the node is to leave: the program is stopped and its last checkpoint kept.</param>
    public async Task RunAsync(JobTicket ticket, CancellationToken leave)
    {
        using var lease = new Lease(host, ticket, TimeSpan.FromSeconds(welcome.RenewSeconds), clock);
        using var keeping = new CancellationTokenSource();
        var keep = lease.KeepAsync(keeping.Token);
        var calls = new AttemptCalls(host, lease, options.NodeId, clock);
        try
        {
            using var folder = AttemptFolder.Create(options.DataFolder, ticket.JobId, ticket.Epoch);
            await RunHeldAsync(ticket, lease, calls, folder, leave);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
        {
            log.LeaseLost(ticket.JobId, lease.LostBecause ?? "unknown");
        }
        catch (Exception fault) when (fault is HostFailure or IOException or UnauthorizedAccessException)
        {
            log.Trouble($"Job '{ticket.JobId}' could not be ended in order", fault);
            await TryReportAsync(calls, ticket, Disk.IsFull(fault) ? JobReason.DiskFull : JobReason.Internal, fault.Message);
        }
        finally
        {
            await keeping.CancelAsync();
            await keep;
        }
    }

    private async Task RunHeldAsync(JobTicket ticket, Lease lease, AttemptCalls calls, AttemptFolder folder, CancellationToken leave)
    {
        var staged = await StageAsync(ticket, lease, calls, folder, leave);
        if (staged is null)
            return;
        var plan = ProgramPlan.For(ticket, folder, options.Algorithms);
        if (plan.Start is null)
        {
            await EndAsync(calls, ticket, JobReason.ProgramNotFound, plan.Problem!);
            return;
        }

        var marker = $"{Jobs.JobVariables.CheckpointFolder}={folder.Checkpoint}";
        using var program = RunningProgram.TryStart(plan.Start, marker, clock, out var error);
        if (program is null)
        {
            await EndAsync(calls, ticket, JobReason.ProgramNotFound, ExecutableSearch.Explain(plan.Start.Executable, error));
            return;
        }

        log.Started(ticket.JobId, program.Id);
        var run = new AttemptRun(ticket, lease, calls, folder, program, staged, options, log, clock);
        var exit = await run.RunAsync(leave);
        if (exit is not null)
            log.Ended(ticket.JobId, exit.Reason.ToString(), exit.Message);
        else
            log.LeaseLost(ticket.JobId, lease.LostBecause ?? "unknown");
    }

    private async Task<Staged?> StageAsync(JobTicket ticket, Lease lease, AttemptCalls calls, AttemptFolder folder, CancellationToken leave)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, leave);
        var watchStop = CancelWhenAsync(lease.StopAsked, broken);
        try
        {
            return await new Stager(cache, new FileFetcher(calls), clock).StageAsync(ticket, folder, broken.Token);
        }
        catch (StagingFailure failure)
        {
            await EndAsync(calls, ticket, failure.Reason, failure.Message);
        }
        catch (OperationCanceledException) when (!lease.Lost.IsCancellationRequested)
        {
            await (lease.StopAsked.IsCompleted
                ? EndAsync(calls, ticket, JobReason.StopRequested, "The job was asked to stop before its program was started.")
                : EndAsync(calls, ticket, JobReason.Evicted, "The node had to leave before the program was started."));
        }

        return null;
    }

    private static async Task CancelWhenAsync(Task fact, CancellationTokenSource source)
    {
        await fact.WaitAsync(source.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // Staging was over first.
        }
    }

    private async Task EndAsync(AttemptCalls calls, JobTicket ticket, JobReason reason, string message)
    {
        log.Ended(ticket.JobId, reason.ToString(), message);
        await calls.ReportAsync(new AttemptReport
        {
            NodeId = options.NodeId,
            Epoch = ticket.Epoch,
            Phase = AttemptPhase.Exited,
            Exit = new AttemptExit { Reason = reason, Message = message, At = clock.GetUtcNow() },
        }, CancellationToken.None);
    }

    private async Task TryReportAsync(AttemptCalls calls, JobTicket ticket, JobReason reason, string message)
    {
        try
        {
            await EndAsync(calls, ticket, reason, message);
        }
        catch (Exception unheard) when (unheard is HostFailure or OperationCanceledException)
        {
            log.Trouble($"The end of job '{ticket.JobId}' could not be reported; its claim runs out", unheard);
        }
    }
}
