using Serverless.Agent.Containers;
using Serverless.Agent.Hosts;
using Serverless.Agent.Leases;
using Serverless.Agent.Leaving;
using Serverless.Agent.Logs;
using Serverless.Agent.Options;
using Serverless.Agent.Output;
using Serverless.Agent.Programs;
using Serverless.Agent.Staging;
using Serverless.Agent.Starting;
using Serverless.Agent.Telemetry;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Attempts;

/// <summary>Runs claimed jobs, one at a time: brings what a job needs, runs its program, and tells how it ended. Whatever happens to one leaves the agent fit for the next.</summary>
internal sealed class AttemptRunner(AgentOptions options, HostConnection host, ContainerHost containers, NodeWelcome welcome, NodeLog log, TimeProvider clock)
{
    /// <summary>A host that does not say it, or says what makes no sense, gets what it got before there was a choice.</summary>
    private readonly TimeSpan batch = TimeSpan.FromSeconds(welcome.BatchSeconds is >= 0.05 and <= 60 ? welcome.BatchSeconds.Value : 0.1);
    private readonly ContentCache cache = new(Path.Combine(options.DataFolder, "cache"), options.CacheBytes, clock);

    /// <summary>Runs one attempt to its end.</summary>
    /// <param name="ticket">The claimed job.</param>
    /// <param name="order">The order to leave: the program is stopped and its last checkpoint kept.</param>
    public async Task RunAsync(JobTicket ticket, LeaveOrder order)
    {
        using var span = AgentTelemetry.Attempt(ticket, options.NodeId);
        using var lease = new Lease(host, ticket, TimeSpan.FromSeconds(welcome.RenewSeconds), clock);
        using var keeping = new CancellationTokenSource();
        var keep = lease.KeepAsync(keeping.Token);
        var calls = new AttemptCalls(host, lease, options.NodeId, clock);
        try
        {
            using var folder = AttemptFolder.Create(options.DataFolder, ticket.JobId, ticket.Epoch);
            await RunHeldAsync(ticket, lease, calls, folder, order);
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

    private async Task RunHeldAsync(JobTicket ticket, Lease lease, AttemptCalls calls, AttemptFolder folder, LeaveOrder order)
    {
        ticket = ticket with { Image = ticket.Image ?? options.DefaultImage };
        if (ticket.Image is null && options.ContainersOnly)
        {
            await EndAsync(calls, ticket, JobReason.ImageUnavailable, "The job names no container image, and this node runs nothing else: a process could reach its machine's identity. Name one (--image), or start the agent with --default-image NAME.");
            return;
        }

        using var spool = new LogSpool(folder.Log, options.LogBytes);
        if (ticket.StartNote is { } words)
            spool.Note(words);
        var shipment = new LogShipment(spool, calls, batch, clock);
        var staged = await StageAsync(ticket, lease, calls, folder, spool, shipment, order.Token);
        if (staged is null)
            return;
        var (start, container) = await PlanAsync(ticket, calls, folder, staged);
        if (start is null)
            return;
        var marker = $"{Jobs.JobVariables.CheckpointFolder}={folder.Checkpoint}";
        using var program = RunningProgram.TryStart(start, marker, container, clock, out var error);
        if (program is null)
        {
            await EndAsync(calls, ticket, JobReason.ProgramNotFound, ExecutableSearch.Explain(start.Executable, error));
            return;
        }

        log.Started(ticket.JobId, program.Id);
        using var span = AgentTelemetry.Part("job.program");
        var run = new AttemptRun(ticket, lease, calls, folder, program, staged, spool, shipment, batch, options, log, clock);
        var exit = await run.RunAsync(order);
        if (exit is not null)
            log.Ended(ticket.JobId, exit.Reason.ToString(), exit.Message);
        else
            log.LeaseLost(ticket.JobId, lease.LostBecause ?? "unknown");
    }

    /// <summary>What to start; nothing when it cannot be, which is then reported.</summary>
    private async Task<(ProgramStart? Start, JobContainer? Container)> PlanAsync(JobTicket ticket, AttemptCalls calls, AttemptFolder folder, Staged staged)
    {
        if (staged.Image is { } image)
        {
            try
            {
                var (container, start) = await containers.PrepareAsync(ticket, folder, image, CancellationToken.None);
                return (start, container);
            }
            catch (StagingFailure failure)
            {
                await EndAsync(calls, ticket, failure.Reason, failure.Message);
                return default;
            }
        }

        var plan = ProgramPlan.For(ticket, folder, options.Algorithms);
        if (plan.Start is null)
            await EndAsync(calls, ticket, JobReason.ProgramNotFound, plan.Problem!);
        return (plan.Start, null);
    }

    private async Task<Staged?> StageAsync(JobTicket ticket, Lease lease, AttemptCalls calls, AttemptFolder folder, LogSpool spool, LogShipment shipment, CancellationToken leave)
    {
        using var span = AgentTelemetry.Part("job.stage");
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, leave);
        var watchStop = CancelWhenAsync(lease.StopAsked, broken);
        try
        {
            var image = ticket.Image is null ? null : await BringImageAsync(ticket, spool, shipment, broken.Token);
            return await new Stager(cache, new FileFetcher(calls), clock).StageAsync(ticket, folder, broken.Token) with { Image = image };
        }
        catch (StagingFailure failure)
        {
            await shipment.FlushAsync(lease.Lost);
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

    /// <summary>Brings the image; meanwhile what the pull says is sent, for it may take minutes.</summary>
    private async Task<ContainerImage> BringImageAsync(JobTicket ticket, LogSpool spool, LogShipment shipment, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = shipment.RunAsync(over.Token);
        try
        {
            return await containers.BringImageAsync(ticket, spool.Note, cancel);
        }
        finally
        {
            await over.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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
