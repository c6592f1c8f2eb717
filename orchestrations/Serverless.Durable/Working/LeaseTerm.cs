using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;
using Serverless.Durable.Options;
using Serverless.Durable.Replay;
using Serverless.Durable.Storage;

namespace Serverless.Durable.Working;

/// <summary>The work of one worker from taking the lease to giving it back: which instances are in memory, and who does what next.</summary>
internal sealed class LeaseTerm : IDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(5);

    private readonly IWorkflowStore store;
    private readonly DurableOptions options;
    private readonly TimeProvider time;
    private readonly EngineSignals signals;
    private readonly ILogger logger;
    private readonly TurnRunner turns;
    private readonly ActivityRunner activities;
    private readonly DueClock due;
    private readonly MachineCache cache;
    private readonly ConcurrentDictionary<long, LiveInstance> instances = new();
    private readonly Channel<LiveInstance> ready = Channel.CreateUnbounded<LiveInstance>(); // each instance is in it at most once
    private readonly CancellationTokenSource over = new();
    private readonly long epoch;
    private long seenVersion = -1;

    public LeaseTerm(IWorkflowStore store, WorkflowCatalog catalog, IServiceScopeFactory scopes, DurableOptions options, TimeProvider time, EngineSignals signals, ILogger logger, long epoch)
    {
        this.store = store;
        this.options = options;
        this.time = time;
        this.signals = signals;
        this.logger = logger;
        this.epoch = epoch;
        cache = new MachineCache(options.MaxCached);
        turns = new TurnRunner(store, catalog, options, time, epoch, Wake);
        activities = new ActivityRunner(store, catalog, scopes, options, Wake, Later, time, logger);
        due = new DueClock(store, time, Fire, logger);
    }

    /// <summary>Works until it is told to stop or another worker takes the lease; running turns finish, activities are cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var linked = stop.Register(over.Cancel);
        Sweep();
        var looping = Task.WhenAll(Enumerable.Range(0, options.MaxTurns).Select(_ => Task.Run(TurnLoopAsync, CancellationToken.None)));
        var clocks = Task.WhenAll(EndQuietlyAsync(due.RunAsync), EndQuietlyAsync(SweepLoopAsync));
        try
        {
            await activities.RunAsync(over.Token);
        }
        finally
        {
            await over.CancelAsync();
            await clocks;
            ready.Writer.TryComplete();
            await looping;
        }
    }

    public void Wake(long key) => Wake(key, null);

    public void Dispose()
    {
        due.Dispose();
        over.Dispose();
    }

    private void Wake(long key, ArrivedEvent? arrived)
    {
        while (true)
        {
            var live = instances.GetOrAdd(key, static key => new LiveInstance(key));
            if (live.TryWake(arrived, out var queue))
            {
                if (queue)
                    ready.Writer.TryWrite(live);
                return;
            }

            instances.TryRemove(KeyValuePair.Create(key, live));
        }
    }

    private void Fire(DueItem item)
    {
        if (item.IsActivity)
            activities.Enqueue(item.Key, item.Call);
        else
            Wake(item.Key, new TimerFired { At = default, Call = item.Call });
    }

    private async Task TurnLoopAsync()
    {
        await foreach (var live in ready.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (await TurnAsync(live) && live.Release())
                ready.Writer.TryWrite(live);
        }
    }

    /// <summary>Makes a turn. False: the instance stays busy, because its turn is made again later, or by the next worker.</summary>
    private async Task<bool> TurnAsync(LiveInstance live)
    {
        var (arrived, hasInbox) = live.Take(options.MaxTurnArrivals);
        try
        {
            var done = await turns.RunAsync(live, arrived, hasInbox);
            live.Failures = 0;
            Keep(live);
            if (done is { } stored)
                FollowUp(stored.Commit, stored.Outcome);
            return true;
        }
        catch (LeaseLostException error)
        {
            logger.LeaseLost(error.Message);
            await over.CancelAsync();
            return false;
        }
        catch (Exception error)
        {
            var name = live.Machine?.InstanceId ?? $"#{live.Key}";
            live.Machine = null; // it is ahead of the store; the history is the truth
            live.PutBack(arrived);
            if (error is not ServerlessException { Retryable: true })
            {
                logger.InstanceParked(error, name);
                await ParkAsync(live.Key, error);
                return true;
            }

            var delay = TimeSpan.FromMilliseconds(Math.Min(LongestRetry.TotalMilliseconds, FirstRetry.TotalMilliseconds * Math.Pow(2, live.Failures++)));
            logger.TurnNotStored(name, delay.TotalMilliseconds, error.Message);
            Later(delay, () => ready.Writer.TryWrite(live));
            return false;
        }
    }

    /// <summary>Lets a status query say why the instance stands still. A store too damaged for that has said so itself.</summary>
    private async Task ParkAsync(long key, Exception why)
    {
        try
        {
            await store.ParkAsync(epoch, key, WorkflowFailures.Of(why), CancellationToken.None);
        }
        catch (ServerlessException error)
        {
            logger.SweepFailed(error.Message);
        }
    }

    private void Keep(LiveInstance live)
    {
        if (live.IsGone)
        {
            cache.Remove(live);
            instances.TryRemove(KeyValuePair.Create(live.Key, live));
        }
        else if (options.MaxCached == 0)
        {
            live.Machine = null;
        }
        else if (cache.Use(live) is { } oldest && oldest.TryLeave())
        {
            instances.TryRemove(KeyValuePair.Create(oldest.Key, oldest));
        }
    }

    private void FollowUp(TurnCommit commit, TurnOutcome outcome)
    {
        var turn = commit.Turn;
        foreach (var key in outcome.Woken)
            Wake(key);
        if (turn.Ending is TurnEnding.Failed { Failure: var failure })
            logger.WorkflowFailed(commit.InstanceId, failure.Code, failure.Message);
        if (turn.Ending is TurnEnding.Completed or TurnEnding.Failed)
            signals.Ended(commit.InstanceId);
        if (turn.Ending is not null)
            return;
        var now = time.GetUtcNow();
        foreach (var action in turn.Actions)
        {
            if (action is TurnAction.RunActivity run)
                Schedule(new DueItem(commit.Key, run.Call, true), run.Due, now);
            else if (action is TurnAction.SetTimer timer)
                Schedule(new DueItem(commit.Key, timer.Call, false), timer.Due, now);
        }
    }

    private void Schedule(DueItem item, DateTimeOffset at, DateTimeOffset now)
    {
        if (at <= now)
            Fire(item);
        else
            due.Arm(at);
    }

    private async Task SweepLoopAsync(CancellationToken cancel)
    {
        using var ticks = new PeriodicTimer(options.Sweep, time);
        var forgotten = time.GetUtcNow();
        while (await ticks.WaitForNextTickAsync(cancel))
        {
            due.Look();
            Sweep();
            var now = time.GetUtcNow();
            if ((now - forgotten).Duration() < TimeSpan.FromMinutes(1))
                continue;
            forgotten = now;
            try
            {
                await store.ForgetEventsAsync(now - options.EarlyEvents, cancel);
            }
            catch (ServerlessException error)
            {
                logger.SweepFailed(error.Message);
            }
        }
    }

    /// <summary>Finds what another process has put into the store, and what was there at the start.</summary>
    private void Sweep()
    {
        try
        {
            var version = store.ForeignVersion();
            if (version == seenVersion)
                return;
            foreach (var key in store.Ready())
                Wake(key);
            seenVersion = version;
        }
        catch (ServerlessException error)
        {
            logger.SweepFailed(error.Message);
        }
    }

    private async Task EndQuietlyAsync(Func<CancellationToken, Task> loop)
    {
        try
        {
            await loop(over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The term is over.
        }
    }

    private void Later(TimeSpan delay, Action action) => _ = LaterAsync(delay, action);

    private async Task LaterAsync(TimeSpan delay, Action action)
    {
        try
        {
            await Task.Delay(delay, time, over.Token);
            action();
        }
        catch (OperationCanceledException)
        {
            // The term is over; the next one finds it in the store.
        }
    }
}
