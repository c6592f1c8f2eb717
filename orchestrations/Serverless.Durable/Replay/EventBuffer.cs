using Serverless.Durable.Histories;

namespace Serverless.Durable.Replay;

/// <summary>Events that came and were not taken, and waits for events that have not come: first come, first served, by name without regard to case.</summary>
internal sealed class EventBuffer
{
    private readonly LinkedList<EventCame> untaken = new();
    private readonly LinkedList<PendingCall> waits = new();

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyCollection<EventCame> Untaken => untaken;

    public void Keep(EventCame came) => untaken.AddLast(came);

    public EventCame? Take(string name)
    {
        for (var node = untaken.First; node is not null; node = node.Next)
        {
            if (!IsName(node.Value.Name, name))
                continue;
            untaken.Remove(node);
            return node.Value;
        }

        return null;
    }

    public void Wait(PendingCall wait) => waits.AddLast(wait);

    public PendingCall? TakeWait(string name)
    {
        for (var node = waits.First; node is not null; node = node.Next)
        {
            if (!IsName(node.Value.Name!, name))
                continue;
            waits.Remove(node);
            return node.Value;
        }

        return null;
    }

    public void Withdraw(PendingCall wait) => waits.Remove(wait);

    private static bool IsName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
