namespace Serverless.Core.Workflows.Hosted;

/// <summary>The bounds of workflows on a hosted engine. Payload and status are those of the embedded engine, so that what runs there runs here.</summary>
public sealed record HostedLimits
{
    /// <summary>Largest input, result or event, in bytes of JSON.</summary>
    public int PayloadBytes { get; init; } = 256 * 1024;

    /// <summary>Largest status in bytes of JSON.</summary>
    public int StatusBytes { get; init; } = 16 * 1024;

    /// <summary>Most workflows that one run waits for at once. Their ids stand beside the status, for whoever terminates the run: 128 ids of 100 characters are below 16 KiB.</summary>
    public int CalledAtOnce { get; init; } = 128;

    /// <summary>Most events that are kept for an instance that has not started: more of them are refused for now.</summary>
    public int EarlyEvents { get; init; } = 64;

    /// <summary>How long they are kept.</summary>
    public TimeSpan EarlyEventsFor { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a start may take before somebody else may do it: longer than a call to the engine may take with its own retries.</summary>
    public TimeSpan StartTakes { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Between two looks at a called workflow whose end was not told: it doubles from the first to the longest.</summary>
    public TimeSpan FirstLook { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two looks. The end of a called workflow is told to its caller at once; a look finds what was not told (it was terminated, or another had started it).</summary>
    public TimeSpan LongestLook { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Most instances that one listing reads through.</summary>
    public int Listed { get; init; } = 100_000;
}
