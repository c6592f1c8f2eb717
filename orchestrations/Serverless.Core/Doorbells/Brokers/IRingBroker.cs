namespace Serverless.Core.Doorbells.Brokers;

/// <summary>
/// The little that a message broker does, on which <see cref="BrokeredDoorbell"/> builds a doorbell: queues that lend a message for a while, give it again when it does not come back,
/// and put it aside when that has happened <see cref="RingOptions.MaxDeliveries"/> times. Errors: <see cref="Failures.ServerlessException"/>.
/// </summary>
public interface IRingBroker
{
    /// <summary>Whether a queue keeps the order of messages with one key.</summary>
    bool KeepsOrder(string queue);

    /// <summary>Sends a message. One with an id that was sent some minutes ago is dropped.</summary>
    Task SendAsync(string queue, RingMessage message, CancellationToken cancel);

    /// <summary>Borrows the next message; null when none came.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="wait">How long to wait; the broker may look a little longer, or give up sooner.</param>
    /// <param name="cancel">Breaks off; nothing is borrowed then.</param>
    Task<ILentMessage?> ReceiveAsync(string queue, TimeSpan wait, CancellationToken cancel);

    /// <summary>What was put aside, in any order; at least the newest <see cref="RingRules.MaxDead"/> of what is there.</summary>
    Task<IReadOnlyList<DeadMessage>> DeadAsync(string queue, CancellationToken cancel);
}
