using Serverless.Agent.Leaving;

namespace Serverless.Agent.Metadata;

/// <summary>Which scheduled events make a node leave. Pure.</summary>
internal static class EvictionRule
{
    /// <summary>
    /// The events that a program does not live through: the machine is taken away (Preempt, Terminate), started anew (Reboot), or moved with an empty disk (Redeploy). A freeze
    /// is a pause of seconds; a kind that we do not know is not acted on.
    /// </summary>
    private static readonly string[] Kinds = ["Preempt", "Terminate", "Reboot", "Redeploy"];

    /// <summary>The notice that the machine's events make; the earliest of several.</summary>
    /// <param name="events">All events of the machine's set.</param>
    /// <param name="machine">The machine's name.</param>
    /// <returns>Null: it may stay.</returns>
    public static LeaveNotice? Decide(IReadOnlyList<ScheduledEvent> events, string machine) => events
        .Where(each => Kinds.Contains(each.Kind, StringComparer.OrdinalIgnoreCase) && each.Resources.Contains(machine, StringComparer.OrdinalIgnoreCase))
        .OrderBy(each => each.NotBefore ?? DateTimeOffset.MinValue)
        .Select(each => new LeaveNotice(each.Kind, each.NotBefore ?? DateTimeOffset.MinValue, each.Id))
        .FirstOrDefault();
}
