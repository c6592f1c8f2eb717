using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Inference.Options;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Sessions;

/// <summary>
/// The place of one model version: empty, loading or loaded. The first call loads, all who come meanwhile wait for that one load; after the idle time the session
/// is unloaded, never while a call holds or awaits it. A failed load is remembered for a moment, so that a burst does not load it a thousand times.
/// </summary>
internal sealed class ModelSlot : IDisposable
{
    private static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private readonly Func<EndpointModel, Task<OnnxSession>> load;
    private readonly Action<EndpointModel, string> unloaded;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim runs;
    private readonly ITimer timer;
    private readonly int mostPending;
    private Task<OnnxSession>? loading;
    private OnnxSession? session;
    private TaskCompletionSource? drained;
    private ServerlessException? failure;
    private long failedAt;
    private long lastUsed;
    private TimeSpan idle;
    private int pending;

    /// <summary>Makes an empty place.</summary>
    public ModelSlot(EndpointModel model, InferenceOptions options, TimeProvider time, Func<EndpointModel, Task<OnnxSession>> load, Action<EndpointModel, string> unloaded)
    {
        (Model, this.time, this.load, this.unloaded, idle) = (model, time, load, unloaded, options.Idle);
        mostPending = options.MaxRuns + options.MaxWaiting;
        runs = new SemaphoreSlim(options.MaxRuns);
        timer = time.CreateTimer(static state => ((ModelSlot)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whose place it is.</summary>
    public EndpointModel Model { get; }

    /// <summary>Whether a session is loaded.</summary>
    public bool IsLoaded
    {
        get
        {
            lock (gate)
                return session is not null;
        }
    }

    /// <summary>When it was last used, for those who choose what to unload; null when it is in use or empty.</summary>
    public long? IdleSince
    {
        get
        {
            lock (gate)
                return session is not null && pending == 0 ? lastUsed : null;
        }
    }

    /// <summary>Waits for the session, loaded now when it is not, and for one of the bounded runs.</summary>
    /// <param name="idleTime">After how long without a call it is unloaded.</param>
    /// <param name="cancel">Breaks off; a load under way goes on for the others.</param>
    /// <returns>Null when too many wait already.</returns>
    /// <exception cref="ServerlessException">The load failed.</exception>
    public async ValueTask<SessionLease?> AcquireAsync(TimeSpan idleTime, CancellationToken cancel)
    {
        Task<OnnxSession>? awaited = null;
        OnnxSession? found;
        lock (gate)
        {
            if (pending >= mostPending)
                return null;
            if (session is null && loading is null && failure is not null && time.GetElapsedTime(failedAt) < FailureKept)
                throw failure;
            pending++;
            idle = idleTime;
            found = session;
            if (found is null)
                awaited = loading ??= Task.Run(LoadAsync, CancellationToken.None);
        }

        try
        {
            found ??= await awaited!.WaitAsync(cancel);
            await runs.WaitAsync(cancel);
            return new SessionLease(this, found);
        }
        catch
        {
            Release(ran: false);
            throw;
        }
    }

    /// <summary>Ends a call's hold.</summary>
    public void Release(bool ran)
    {
        if (ran)
            runs.Release();
        OnnxSession? ended = null;
        lock (gate)
        {
            pending--;
            lastUsed = time.GetTimestamp();
            if (pending == 0 && drained is not null)
                ended = TakeOut();
            else if (pending == 0)
                Arm();
        }

        Unload(ended, "drained");
    }

    /// <summary>Unloads the session once the last call that holds or awaits it has ended.</summary>
    public Task DrainAsync(CancellationToken cancel)
    {
        OnnxSession? ended = null;
        Task done;
        lock (gate)
        {
            if (pending > 0)
            {
                done = (drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            else
            {
                ended = TakeOut();
                done = Task.CompletedTask;
            }
        }

        Unload(ended, "drained");
        return done.WaitAsync(cancel);
    }

    /// <summary>Unloads the session now if no call holds or awaits it.</summary>
    public bool TryUnload(string reason)
    {
        OnnxSession? ended;
        lock (gate)
            ended = pending == 0 ? TakeOut() : null;
        Unload(ended, reason);
        return ended is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        TryUnload("the host stops");
    }

    private async Task<OnnxSession> LoadAsync()
    {
        try
        {
            var loaded = await load(Model);
            lock (gate)
            {
                (session, loading, failure) = (loaded, null, null);
                lastUsed = time.GetTimestamp();
                if (pending == 0)
                    Arm();
            }

            return loaded;
        }
        catch (ServerlessException refused)
        {
            lock (gate)
                (loading, failure, failedAt) = (null, refused, time.GetTimestamp());
            throw;
        }
        catch
        {
            lock (gate)
                loading = null;
            throw;
        }
    }

    private void OnTimer()
    {
        OnnxSession? ended = null;
        lock (gate)
        {
            if (pending > 0 || session is null)
                return;
            if (time.GetElapsedTime(lastUsed) >= idle)
                ended = TakeOut();
            else
                Arm();
        }

        Unload(ended, "idle");
    }

    private void Arm()
    {
        var left = idle - time.GetElapsedTime(lastUsed);
        if (session is not null)
            timer.Change(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private OnnxSession? TakeOut()
    {
        var taken = session;
        session = null;
        drained?.SetResult();
        drained = null;
        return taken;
    }

    private void Unload(OnnxSession? ended, string reason)
    {
        if (ended is null)
            return;
        ended.Dispose();
        unloaded(Model, reason);
    }
}
