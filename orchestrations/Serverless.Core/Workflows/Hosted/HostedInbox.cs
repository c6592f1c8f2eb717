namespace Serverless.Core.Workflows.Hosted;

/// <summary>
/// Events that came and were not taken, and waits for events that have not come: first come, first served, by name without regard to case. (Engines differ in who gets an event,
/// and some give it to a wait that was withdrawn; so there is one inbox, and we deal it out.)
/// </summary>
internal sealed class HostedInbox(IEnumerable<HostedMessage> early)
{
    private readonly LinkedList<HostedMessage> untaken = new(early);
    private readonly LinkedList<(string Name, Action<string> Give)> waits = new();
    private readonly Dictionary<string, Action> ends = new(StringComparer.Ordinal);

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<HostedMessage> Untaken => [.. untaken];

    /// <summary>Takes the oldest event of a name.</summary>
    public HostedMessage? Take(string name)
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

    /// <summary>Waits for the next event of a name.</summary>
    /// <returns>Withdraws the wait.</returns>
    public Action Wait(string name, Action<string> give)
    {
        var node = waits.AddLast((name, give));
        return () =>
        {
            if (node.List is not null)
                waits.Remove(node);
        };
    }

    /// <summary>Waits to be told of the end of a called workflow.</summary>
    public void WaitForEnd(string instanceId, Action told) => ends[instanceId] = told;

    /// <summary>A message came.</summary>
    public void Arrive(HostedMessage message)
    {
        if (message.IsEnd)
        {
            if (ends.Remove(message.Name, out var told))
                told();
            return;
        }

        for (var node = waits.First; node is not null; node = node.Next)
        {
            if (!IsName(node.Value.Name, message.Name))
                continue;
            waits.Remove(node);
            node.Value.Give(message.Payload);
            return;
        }

        untaken.AddLast(message);
    }

    private static bool IsName(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
