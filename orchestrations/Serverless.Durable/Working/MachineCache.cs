namespace Serverless.Durable.Working;

/// <summary>Which instances have their code in memory, the least recently used first to go.</summary>
internal sealed class MachineCache(int limit)
{
    private readonly Lock gate = new();
    private readonly LinkedList<LiveInstance> order = new();
    private readonly Dictionary<LiveInstance, LinkedListNode<LiveInstance>> nodes = [];

    /// <summary>Notes a use, and gives the instance that has to leave for it.</summary>
    public LiveInstance? Use(LiveInstance live)
    {
        lock (gate)
        {
            if (nodes.TryGetValue(live, out var node))
                order.Remove(node);
            nodes[live] = order.AddLast(live);
            if (order.Count <= limit)
                return null;
            var oldest = order.First!.Value;
            Drop(oldest);
            return oldest;
        }
    }

    public void Remove(LiveInstance live)
    {
        lock (gate)
            Drop(live);
    }

    private void Drop(LiveInstance live)
    {
        if (nodes.Remove(live, out var node))
            order.Remove(node);
    }
}
