namespace Serverless.Core.Doorbells.Brokers;

/// <summary>A message that a broker has lent. In a queue that keeps order, no other message of its key is lent meanwhile.</summary>
public interface ILentMessage
{
    /// <summary>The message.</summary>
    RingMessage Message { get; }

    /// <summary>How often it was lent, this time included.</summary>
    int Deliveries { get; }

    /// <summary>How long a loan lasts that is not renewed.</summary>
    TimeSpan Loan { get; }

    /// <summary>Lends it for another while, from now. False when the loan is over.</summary>
    Task<bool> RenewAsync(CancellationToken cancel);

    /// <summary>Removes it for good. False when the loan was over.</summary>
    Task<bool> CompleteAsync(CancellationToken cancel);

    /// <summary>Gives it back; it is lent again, and counts as delivered. False when the loan was over.</summary>
    Task<bool> AbandonAsync(CancellationToken cancel);

    /// <summary>Puts it aside. False when the loan was over.</summary>
    Task<bool> PutAsideAsync(string reason, CancellationToken cancel);

    /// <summary>Gives it back as if it had not been lent, where the broker can; otherwise as <see cref="AbandonAsync"/>.</summary>
    Task ReleaseAsync(CancellationToken cancel);
}
