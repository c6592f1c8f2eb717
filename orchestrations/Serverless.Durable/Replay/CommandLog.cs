using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Histories;

namespace Serverless.Durable.Replay;

/// <summary>The history that is being replayed or written: compares what the code does with what it did, and collects what is new.</summary>
internal sealed class CommandLog(string instanceId, int limit)
{
    private IReadOnlyList<HistoryEvent> history = [];
    private List<HistoryEvent> added = [];
    private int position;

    /// <summary>Whether what runs now has run before.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>Events in the history, the new ones included.</summary>
    public int Length { get; private set; }

    public void BeginReplay(IReadOnlyList<HistoryEvent> recorded)
    {
        history = recorded;
        position = 0;
        IsReplaying = true;
    }

    public void EndReplay()
    {
        Length = history.Count;
        history = [];
        IsReplaying = false;
    }

    /// <summary>The next arrival of the history; null at its end.</summary>
    public ArrivedEvent? NextArrived() => position < history.Count ? history[position] as ArrivedEvent : null;

    public void Arrive(ArrivedEvent arrived)
    {
        if (IsReplaying)
            position++;
        else
            Append(arrived);
    }

    public void Append(HistoryEvent entry)
    {
        added.Add(entry);
        Length++;
    }

    /// <summary>Records what the code does, or finds what it did.</summary>
    /// <returns>What the history holds: its inputs and times count, not the code's.</returns>
    /// <exception cref="NondeterminismException">The history holds something else.</exception>
    public T Record<T>(T command)
        where T : CommandEvent
    {
        if (!IsReplaying)
        {
            if (Length >= limit)
                throw new ServerlessException("history_too_long", $"The history of instance '{instanceId}' has {Length:N0} events; the limit is {limit:N0}.",
                    "Let the workflow continue as new from time to time.");
            Append(command);
            return command;
        }

        SkipVersions();
        if (position >= history.Count)
            throw Differs($"the history ends before event {position + 1}", command.Describe());
        var recorded = history[position];
        if (recorded is not CommandEvent known || !known.IsSame(command))
            throw Differs($"the history has {Describe(recorded)} as event {position + 1}", command.Describe());
        position++;
        return (T)recorded;
    }

    /// <summary>Like <see cref="Record"/>, with the exception as a value.</summary>
    public Exception? TryRecord(CommandEvent command)
    {
        try
        {
            Record(command);
            return null;
        }
        catch (ServerlessException error)
        {
            return error;
        }
    }

    /// <summary>Which version the code takes here.</summary>
    public int Version(string change, int newest)
    {
        if (!IsReplaying)
            return Record(new VersionTaken { Change = change, Version = newest }).Version;
        for (var ahead = position; ahead < history.Count && history[ahead] is VersionTaken taken; ahead++)
        {
            if (taken.Change != change)
                continue;
            if (taken.Version > newest)
                throw Differs($"the history took version {taken.Version} of change '{change}' as event {ahead + 1}", $"know up to version {newest}");
            position = ahead + 1;
            return taken.Version;
        }

        return 0;
    }

    /// <summary>Says what the history has and the code, which rests now, did not do.</summary>
    public NondeterminismException? CheckAllDone()
    {
        SkipVersions();
        return position < history.Count && history[position] is CommandEvent left
            ? Differs($"the history has {left.Describe()} as event {position + 1}", "nothing there: it waits or has ended")
            : null;
    }

    public IReadOnlyList<HistoryEvent> TakeNew()
    {
        var taken = added;
        added = [];
        return taken;
    }

    /// <summary>A version that the code does not ask for any more does no harm: the change is there for good.</summary>
    private void SkipVersions()
    {
        while (position < history.Count && history[position] is VersionTaken)
            position++;
    }

    private NondeterminismException Differs(string recorded, string did) =>
        new($"The code of instance '{instanceId}' does something else than its history says: {recorded}, the code did {did}.");

    private static string Describe(HistoryEvent entry) => entry is CommandEvent command ? command.Describe() : $"an arrival ({entry.GetType().Name})";
}
