namespace Serverless.Core.Doorbells;

/// <summary>How a ring is delivered.</summary>
public sealed record RingOptions
{
    /// <summary>No order, no delay.</summary>
    public static RingOptions Plain { get; } = new();

    /// <summary>How often a ring is delivered before it is put aside: the bound that keeps a poisonous one from coming for ever.</summary>
    public const int MaxDeliveries = 10;

    /// <summary>Rings with the same key in the same queue are delivered one after another, in order; null: no order.</summary>
    public string? OrderKey { get; init; }

    /// <summary>Not before this time has passed.</summary>
    public TimeSpan Delay { get; init; }
}
