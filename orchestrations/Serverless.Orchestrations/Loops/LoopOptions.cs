namespace Serverless.Orchestrations.Loops;

/// <summary>How often the loops of a host run.</summary>
public sealed record LoopOptions
{
    /// <summary>Between two sweeps. Default: 15 s: what no message says is found that late.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one look at the queue of landings waits. Default: 20 s; a ring ends the wait at once.</summary>
    public TimeSpan LandingWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a landing that is being answered is hidden from other hosts. Default: 1 min.</summary>
    public TimeSpan LandingHidden { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a landing that could not be answered waits. Default: 2 s.</summary>
    public TimeSpan LandingRetry { get; init; } = TimeSpan.FromSeconds(2);
}
