using Serverless.Core.Failures;

namespace Serverless.Core.Artifacts;

/// <summary>
/// When a short-lived address, or a key that signs such addresses, holds. It begins a little before now, because the store's clock may be behind ours, and never spans more than
/// seven days, which is the longest that a store signs for.
/// </summary>
/// <param name="Start">When it begins.</param>
/// <param name="End">When it ends.</param>
public readonly record struct AddressWindow(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>How far two clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>The longest lifetime.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The window for a signing key that is asked for now: as long as may be.</summary>
    public static AddressWindow ForKey(DateTimeOffset now) => new(Seconds(now - Skew), Seconds(now - Skew + Longest));

    /// <summary>The window of an address.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> when the lifetime is not between zero and seven days.</exception>
    public static AddressWindow ForAddress(DateTimeOffset now, TimeSpan lifetime)
    {
        if (lifetime <= TimeSpan.Zero || lifetime > Longest)
            throw Fail.Invalid("lifetime", $"The lifetime '{lifetime}' is not between zero and 7 days.", "Give a shorter one.");
        var whole = ForKey(now);
        var end = Seconds(now + lifetime + TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        return whole with { End = end < whole.End ? end : whole.End };
    }

    /// <summary>Whether a key of this window can sign for an address: it has not to begin earlier, for whoever uses the address uses it from now on.</summary>
    public bool Covers(AddressWindow address, DateTimeOffset now) => Start <= now && address.End <= End;

    private static DateTimeOffset Seconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
