namespace Serverless.Durable.Replay;

/// <summary>
/// Where a workflow's code runs: one continuation after another, on the thread of the turn, in the order in which they became ready.
/// A continuation from any other thread proves that the code awaited something that is not its context's.
/// </summary>
internal sealed class TurnQueue : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Run, object? State, bool IsSettlement)> ready = new();
    private readonly Lock gate = new();
    private int turnThread;

    /// <summary>Told, once, when a foreign continuation came while no turn ran.</summary>
    public Action? ForeignCame { get; set; }

    /// <summary>Whether the code awaited something that is not its context's.</summary>
    public bool HasForeign { get; private set; }

    /// <summary>Whether the caller is on the thread of a turn that runs.</summary>
    public bool IsOnTurn
    {
        get
        {
            lock (gate)
                return turnThread == Environment.CurrentManagedThreadId;
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (gate)
        {
            if (turnThread == Environment.CurrentManagedThreadId)
            {
                ready.Enqueue((d, state, false));
                return;
            }
        }

        MarkForeign();
    }

    /// <summary>Remembers that the code awaited something foreign.</summary>
    public void MarkForeign()
    {
        bool tell;
        lock (gate)
        {
            tell = !HasForeign && turnThread == 0;
            HasForeign = true;
        }

        if (tell)
            ForeignCame?.Invoke();
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A workflow's turn does not run code for others synchronously.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>What the code threw past every task (async void).</summary>
    public Exception? Escaped { get; private set; }

    /// <summary>Completes a task of the context, later in this turn, outside the workflow's code.</summary>
    public void Settle(Action settle)
    {
        lock (gate)
            ready.Enqueue((static state => ((Action)state!)(), settle, true));
    }

    /// <summary>Runs one thing and all that follows from it, on this thread.</summary>
    /// <param name="first">Runs as workflow code.</param>
    public void Run(Action first) => Run(first, isSettlement: false);

    /// <summary>Completes a task of the context and runs all that follows from it, on this thread.</summary>
    public void RunSettlement(Action settle) => Run(settle, isSettlement: true);

    private void Run(Action first, bool isSettlement)
    {
        var outer = Current;
        lock (gate)
        {
            turnThread = Environment.CurrentManagedThreadId;
            ready.Enqueue((static state => ((Action)state!)(), first, isSettlement));
        }

        try
        {
            while (Next(out var item))
            {
                // A task is completed without this context as the current one: then every continuation that wants the context
                // is queued, and one that does not (ConfigureAwait(false)) runs here and now instead of on a pool thread.
                SetSynchronizationContext(item.IsSettlement ? null : this);
                item.Run(item.State);
            }
        }
        catch (Exception error)
        {
            Escaped ??= error;
            lock (gate)
            {
                ready.Clear();
                turnThread = 0;
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private bool Next(out (SendOrPostCallback Run, object? State, bool IsSettlement) item)
    {
        lock (gate)
        {
            if (ready.TryDequeue(out item))
                return true;
            turnThread = 0;
            return false;
        }
    }
}
