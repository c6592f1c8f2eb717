using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Durable.Options;

/// <summary>How the embedded engine runs. Every bound has its reason.</summary>
public sealed record DurableOptions
{
    /// <summary>The database file; made when it is not there. <c>{Path}.lock</c> beside it says that a worker is alive.</summary>
    public required string Path { get; init; }

    /// <summary>Most turns at once, 1 to 1,024. A turn is short and waits for the disk: more of them at once share a flush.</summary>
    public int MaxTurns { get; init; } = 32;

    /// <summary>Most activities at once, 1 to 4,096. Activities mostly wait for others; beyond this, what they talk to would suffer.</summary>
    public int MaxActivities { get; init; } = 64;

    /// <summary>Most workflows that are kept ready in memory, 0 to 100,000. Another one's next turn begins with a replay of its history.</summary>
    public int MaxCached { get; init; } = 1_000;

    /// <summary>Largest input, result or event, in bytes of JSON, 1 KiB to 16 MiB: what Service Bus takes in one message, so that what runs here runs there. Histories hold every payload.</summary>
    public int MaxPayloadBytes { get; init; } = 256 * 1024;

    /// <summary>Largest custom status in bytes of JSON: what Durable Functions takes.</summary>
    public int MaxStatusBytes { get; init; } = 16 * 1024;

    /// <summary>Longest history in events, 100 to 10,000,000: replay takes about a second for 200,000. A workflow that lives on continues as new long before.</summary>
    public int MaxHistoryEvents { get; init; } = 1_000_000;

    /// <summary>Most events that wait to be taken, by one instance; a sender is told to come again.</summary>
    public int MaxUntakenEvents { get; init; } = 10_000;

    /// <summary>Most arrivals that one turn takes: it keeps a transaction short.</summary>
    public int MaxTurnArrivals { get; init; } = 1_000;

    /// <summary>Largest store in bytes, 64 KiB to 256 TiB. Beyond it new work is refused with <c>storage_full</c>, and nothing is lost: a store that grows without end would take the disk from everybody else.</summary>
    public long MaxFileBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    /// <summary>
    /// Most starts of an activity's attempt that end with their process, 1 to 1,000; then the attempt fails with <c>activity_ends_process</c>, for good. An activity that crashes
    /// the host would else be run at every start, for ever; ten leave room for crashes that had another cause.
    /// </summary>
    public int MaxStarts { get; init; } = 10;

    /// <summary>How long an event waits for an instance that has not started.</summary>
    public TimeSpan EarlyEvents { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often the worker looks whether the clock was moved or another process wrote, and a worker on standby whether the file is free.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(1);

    internal Action<Storage.Sqlite.CommitMoment>? Probe { get; init; }

    internal Replay.MachineLimits Limits => new(MaxPayloadBytes, MaxStatusBytes, MaxHistoryEvents);

    /// <summary>Checks every bound.</summary>
    /// <exception cref="ServerlessException">All that are wrong.</exception>
    public void Validate()
    {
        var errors = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(Path))
            errors.Add(new FieldError("path", "The workflow store's path is empty.", "Give the path of a file."));
        Within(MaxTurns, 1, 1_024, "maxTurns");
        Within(MaxActivities, 1, 4_096, "maxActivities");
        Within(MaxCached, 0, 100_000, "maxCached");
        Within(MaxPayloadBytes, 1_024, 16 * 1024 * 1024, "maxPayloadBytes");
        Within(MaxStatusBytes, 1_024, 1024 * 1024, "maxStatusBytes");
        Within(MaxHistoryEvents, 100, 10_000_000, "maxHistoryEvents");
        Within(MaxUntakenEvents, 1, 1_000_000, "maxUntakenEvents");
        Within(MaxTurnArrivals, 1, 100_000, "maxTurnArrivals");
        Within(MaxStarts, 1, 1_000, "maxStarts");
        Within(MaxFileBytes, 64 * 1024, 256L << 40, "maxFileBytes");
        if (Sweep < TimeSpan.FromMilliseconds(10) || Sweep > TimeSpan.FromMinutes(1))
            errors.Add(new FieldError("sweep", $"The sweep is {Sweep}; it may be 10 ms to 1 min.", "Use 1 s."));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);

        void Within(long value, long low, long high, string name)
        {
            if (value < low || value > high)
                errors.Add(new FieldError(name, $"{name} is {value:N0}; it may be {low:N0} to {high:N0}.", "Leave it out to get the default."));
        }
    }
}
