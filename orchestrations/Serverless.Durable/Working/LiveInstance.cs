using Serverless.Durable.Histories;
using Serverless.Durable.Replay;

namespace Serverless.Durable.Working;

/// <summary>An instance that the worker has in memory: what arrived for it, and its code where it stands. In at most one turn at a time.</summary>
internal sealed class LiveInstance(long key)
{
    private readonly Lock gate = new();
    private readonly Queue<ArrivedEvent> mailbox = new();
    private bool isBusy;
    private bool isGone;
    private bool hasWork;
    private bool hasInbox = true;

    public long Key { get; } = key;

    /// <summary>The code where it stands; null: the next turn replays. Touched by the turn that runs only.</summary>
    public WorkflowMachine? Machine { get; set; }

    /// <summary>Turns in a row that could not be stored.</summary>
    public int Failures { get; set; }

    /// <summary>Whether it has left memory.</summary>
    public bool IsGone
    {
        get
        {
            lock (gate)
                return isGone;
        }
    }

    /// <summary>Takes something in.</summary>
    /// <param name="arrived">What came; null: look into the inbox.</param>
    /// <param name="queue">Whether it has to be queued for a turn now.</param>
    /// <returns>False when it is gone from memory: take a new one.</returns>
    public bool TryWake(ArrivedEvent? arrived, out bool queue)
    {
        lock (gate)
        {
            queue = false;
            if (isGone)
                return false;
            if (arrived is null)
                hasInbox = true;
            else
                mailbox.Enqueue(arrived);
            hasWork = true;
            queue = !isBusy;
            isBusy = true;
            return true;
        }
    }

    /// <summary>Begins a turn: gives what has arrived.</summary>
    public (List<ArrivedEvent> Arrived, bool HasInbox) Take(int limit)
    {
        lock (gate)
        {
            var taken = new List<ArrivedEvent>(Math.Min(limit, mailbox.Count));
            while (taken.Count < limit && mailbox.TryDequeue(out var arrived))
                taken.Add(arrived);
            var inbox = hasInbox;
            hasInbox = false;
            hasWork = mailbox.Count > 0;
            return (taken, inbox);
        }
    }

    /// <summary>Puts back what a turn took and could not store.</summary>
    public void PutBack(IEnumerable<ArrivedEvent> arrived)
    {
        lock (gate)
        {
            var later = mailbox.ToArray();
            mailbox.Clear();
            foreach (var one in arrived.Concat(later))
                mailbox.Enqueue(one);
            hasInbox = true;
        }
    }

    /// <summary>Ends a turn.</summary>
    /// <returns>Whether more came meanwhile: it has to be queued again.</returns>
    public bool Release()
    {
        lock (gate)
        {
            isBusy = hasWork && !isGone;
            return isBusy;
        }
    }

    /// <summary>Leaves memory for good.</summary>
    public void Leave()
    {
        lock (gate)
            isGone = true;
    }

    /// <summary>Leaves memory if nothing is to be done.</summary>
    public bool TryLeave()
    {
        lock (gate)
            return isGone = isGone || (!isBusy && mailbox.Count == 0);
    }
}
