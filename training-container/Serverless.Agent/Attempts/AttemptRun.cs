using Serverless.Agent.Containers;
using Serverless.Agent.Files;
using Serverless.Agent.Hosts;
using Serverless.Agent.Leases;
using Serverless.Agent.Leaving;
using Serverless.Agent.Logs;
using Serverless.Agent.Metrics;
using Serverless.Agent.Metrics.Events;
using Serverless.Agent.Options;
using Serverless.Agent.Output;
using Serverless.Agent.Programs;
using Serverless.Agent.Staging;
using Serverless.Agent.Starting;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Jobs;

namespace Serverless.Agent.Attempts;

/// <summary>One running program: everything that goes on beside it, and what is done when it has ended.</summary>
internal sealed class AttemptRun
{
    private const long LeastFreeBytes = 1 << 20;
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TroubleDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReapEvery = TimeSpan.FromSeconds(2);

    private readonly JobTicket ticket;
    private readonly Lease lease;
    private readonly AttemptFolder folder;
    private readonly RunningProgram program;
    private readonly NodeLog log;
    private readonly TimeProvider clock;
    private readonly TimeSpan scanEvery;
    private readonly PointQueue points = new();
    private readonly LogSpool spool;
    private readonly ProgramOutput output;
    private readonly LogShipment shipment;
    private readonly MetricsFileReader metricsFile;
    private readonly EventMetrics events;
    private readonly AttemptReporter reporter;
    private readonly OutputWatch outputs;
    private readonly CheckpointWatch checkpoints;
    private volatile bool ending;

    public AttemptRun(JobTicket ticket, Lease lease, AttemptCalls calls, AttemptFolder folder, RunningProgram program, Staged staged, LogSpool spool, LogShipment shipment, TimeSpan batch, AgentOptions options, NodeLog log, TimeProvider clock)
    {
        this.ticket = ticket;
        this.lease = lease;
        this.folder = folder;
        this.program = program;
        this.log = log;
        this.clock = clock;
        scanEvery = options.Settle / 2;
        this.spool = spool;
        this.shipment = shipment;
        output = new ProgramOutput(spool, new MetricLines(ticket.Metrics, points, clock, spool.Note), new SecretMask(ticket.Secrets.Values));
        metricsFile = new MetricsFileReader(folder.MetricsFile, points, clock, spool.Note);
        var delivered = ticket.Code.ToDictionary(file => file.File.Path, file => file.File.SizeBytes, StringComparer.Ordinal);
        events = new EventMetrics(EventSource.Of(ticket.Metrics, OutputFile.Resolve(folder.Tensorboard), OutputFile.Resolve(folder.Work)), delivered, points, clock, spool.Note);
        reporter = new AttemptReporter(calls, points, staged, clock.GetUtcNow(), batch, clock);
        var uploader = new Uploader(calls);
        outputs = new OutputWatch(OutputPlace.Of(folder, ticket.Metrics.Select(metric => metric.Events).OfType<string>()), uploader, options.Settle, clock, spool.Note);
        checkpoints = new CheckpointWatch(folder, staged.Checkpoint, calls, uploader, options.Settle, clock, (sequence, files) => log.CheckpointCommitted(ticket.JobId, sequence, files));
    }

    /// <summary>Runs until the program and all that came from it are gone and everything is told.</summary>
    /// <returns>How it ended; null when the claim was lost, and with it the right to say anything.</returns>
    public async Task<AttemptExit?> RunAsync(LeaveOrder order)
    {
        if (ticket.Network == JobNetwork.None && program.Container is null)
            spool.Note("The job asks for no network. A process of the node cannot have its network cut off; a program in a container image can (--image).");
        using var running = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost);
        Task[] reading = [output.ReadAsync(program.Output), output.ReadAsync(program.Error)];
        Task[] beside =
        [
            KeepDoingAsync("Reporting", token => reporter.RunAsync(LookForPoints, token), running.Token),
            KeepDoingAsync("Sending the log", shipment.RunAsync, running.Token),
            KeepDoingAsync("Sending files", token => RepeatAsync(outputs.PassAsync, scanEvery, token), running.Token),
            KeepDoingAsync("Sending checkpoints", token => RepeatAsync(each => checkpoints.PassAsync(Living, each), scanEvery, token), running.Token),
            KeepDoingAsync("Watching the container", token => RepeatAsync(FindContainerProcessAsync, ReapEvery, token), running.Token),
            KeepDoingAsync("Reaping", token => RepeatAsync(ReapAsync, ReapEvery, token), running.Token),
        ];

        var cause = await WaitAsync(order);
        ending = true;
        var (client, state, left) = await program.EndAsync();
        var endedAt = clock.GetUtcNow();
        if (left > 0)
            log.ProcessesRemain(ticket.JobId, left);
        await Task.WhenAny(Task.WhenAll(reading), Task.Delay(OutputLimit, clock, CancellationToken.None));
        await running.CancelAsync();
        await Task.WhenAll(beside);
        if (lease.Lost.IsCancellationRequested)
            return null;
        var (end, trouble) = program.Container is { } container
            ? ContainerExit.Read(client, state, container.Plan, container.MemoryIsBounded, ContainerExit.LastWord(output.Tail))
            : (client, null);
        return await TellAsync(end, trouble, cause, endedAt);
    }

    /// <summary>Exit codes from 128 on are what runtimes (.NET, the JVM, shells) make of a signal that nobody handled: that is no decision of the program's.</summary>
    private static bool IsEndedByItself(ProgramEnd end, StopCause cause) => end.Signal is null && (end.Code == 0 || (cause != StopCause.None && end.Code < 128));

    /// <summary>Waits for the program's end, or for a reason to end it: then SIGTERM, and at most the grace period.</summary>
    private async Task<StopCause> WaitAsync(LeaveOrder order)
    {
        using var over = new CancellationTokenSource();
        var lost = WhenAsync(lease.Lost, over.Token);
        var evicted = WhenAsync(order.Token, over.Token);
        var limit = Task.Delay(TimeSpan.FromSeconds(ticket.Limits.MaxRunSeconds), clock, over.Token);
        var first = await Task.WhenAny(program.Exited, lost, lease.StopAsked, evicted, limit);
        var cause = first == program.Exited ? StopCause.None
            : first == lost ? StopCause.LeaseLost
            : first == lease.StopAsked ? StopCause.Asked
            : first == evicted ? StopCause.Evicted
            : StopCause.TimeLimit;
        if (cause is not (StopCause.None or StopCause.LeaseLost))
        {
            ending = true;
            program.Terminate();
            var asked = TimeSpan.FromSeconds(ticket.Limits.GraceSeconds);
            var grace = cause == StopCause.Evicted ? order.Grace(asked, clock.GetUtcNow()) : asked;
            await Task.WhenAny(program.Exited, lost, Task.Delay(grace, clock, over.Token));
        }

        await over.CancelAsync();
        return lease.Lost.IsCancellationRequested ? StopCause.LeaseLost : cause;
    }

    /// <summary>Sends all that is not sent yet, then the end. Each step is tried; one that fails is told in the next.</summary>
    private async Task<AttemptExit> TellAsync(ProgramEnd end, ContainerTrouble? trouble, StopCause cause, DateTimeOffset endedAt)
    {
        var cancel = lease.Lost;
        metricsFile.Read(last: true);
        await TryAsync("The metrics of event files", () => DrainEventsAsync(cancel));
        await TryAsync("The last checkpoint", () => checkpoints.FinishAsync(IsEndedByItself(end, cause), cancel));
        IReadOnlyList<string> unsent = [];
        var storeFull = !await TryAsync("The output files", async () => unsent = await outputs.FinishAsync(cancel));
        foreach (var file in unsent)
            spool.Note($"The file '{file}' could not be kept: it changed all the time, or the store did not take it.");
        if (spool.Dropped > 0)
            spool.Note(FormattableString.Invariant($"The log reached its limit of {spool.Length:N0} bytes; {spool.Dropped:N0} bytes of output after it were dropped."));
        if (points.Dropped > 0)
            spool.Note(FormattableString.Invariant($"{points.Dropped:N0} metric points were dropped: they came faster than the host took them. The last value of each metric is kept."));
        storeFull |= !await TryAsync("The log", () => shipment.FlushAsync(cancel));
        var tail = output.Tail;
        var (reason, message) = ExitVerdict.Of(end, cause, ticket.Limits, DiskFull(tail), storeFull ? [.. unsent, folder.Log] : [], trouble);
        if (reason == JobReason.ProgramFailed && program.Container is not null && !ticket.WritableRoot && tail.Any(line => line.Contains("Read-only file system", StringComparison.OrdinalIgnoreCase)))
            message += " It wrote to the image's own files, which are read-only: write below /tmp or the job's folders, or allow it (--writable-root).";
        var exit = new AttemptExit { Reason = reason, ExitCode = end.Code, Message = message, LogTail = tail, LogBytesDropped = spool.Dropped, At = endedAt };
        await reporter.FinishAsync(exit, cancel);
        return exit;
    }

    private bool LookForPoints()
    {
        metricsFile.Read(last: false);
        return events.Read(last: false);
    }

    /// <summary>Reads event files to their ends, and sends between, for a while; after that what is left is read at once, and of too much only each metric's newest value is kept.</summary>
    private async Task DrainEventsAsync(CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (!cancel.IsCancellationRequested && events.Read(last: true))
            if (clock.GetElapsedTime(began) < DrainLimit)
                await reporter.FlushAsync(cancel);
    }

    private string? DiskFull(IReadOnlyList<string> tail)
    {
        if (tail.FirstOrDefault(line => line.Contains("No space left on device", StringComparison.Ordinal)) is { } line)
            return $"it said '{line}'. {Disk.FullMessage(folder.Root, "its files")}";
        return Disk.FreeBytes(folder.Root) < LeastFreeBytes ? Disk.FullMessage(folder.Root, "its files") : null;
    }

    private IReadOnlyList<int>? Living() => !ending && program.Living() is var living && living.Contains(program.Id) ? living : null;

    private static async Task WhenAsync(CancellationToken fact, CancellationToken over)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(fact, over);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> work, TimeSpan every, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(every, clock, cancel);
            await work(cancel);
        }
    }

    private Task FindContainerProcessAsync(CancellationToken cancel) => program.Container?.FindProcessAsync(cancel) ?? Task.CompletedTask;

    private Task ReapAsync(CancellationToken cancel)
    {
        program.Reap();
        return Task.CompletedTask;
    }

    /// <summary>Keeps one of the side works going: trouble is told and it is begun again a little later.</summary>
    private async Task KeepDoingAsync(string what, Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await Task.Run(() => work(cancel), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception trouble) when (trouble is HostFailure or IOException or UnauthorizedAccessException)
            {
                log.Trouble(what, trouble);
                await Task.Delay(TroubleDelay, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Does one of the last steps.</summary>
    /// <returns>Whether it did not fail for a full store.</returns>
    private async Task<bool> TryAsync(string what, Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (Exception trouble) when (trouble is HostFailure or IOException or UnauthorizedAccessException)
        {
            log.Trouble(what, trouble);
            spool.Note($"{what} could not be kept: {trouble.Message}");
            return trouble is not HostFailure { StorageFull: true };
        }
    }
}
