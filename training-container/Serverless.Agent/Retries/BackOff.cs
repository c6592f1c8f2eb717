namespace Serverless.Agent.Retries;

/// <summary>How long to wait before the next try: doubles from 100 ms to 5 s, spread by up to a quarter so that nodes which lost the same host do not come back as one.</summary>
internal sealed class BackOff(int seed)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Random random = new(seed);
    private TimeSpan next = First;

    /// <summary>The next wait; at least what the host asked for, at most a minute.</summary>
    public TimeSpan Next(TimeSpan? asked = null)
    {
        var wait = next * (1 + (random.NextDouble() / 4));
        next = next * 2 < Longest ? next * 2 : Longest;
        return asked is { } least && least > wait ? TimeSpan.FromSeconds(Math.Min(least.TotalSeconds, 60)) : wait;
    }

    /// <summary>Something worked: begin anew.</summary>
    public void Reset() => next = First;
}
