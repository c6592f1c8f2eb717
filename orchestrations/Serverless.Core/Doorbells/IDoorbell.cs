namespace Serverless.Core.Doorbells;

/// <summary>
/// Says that there is something to look at: work for a pool, news of a job, data that came. It carries ids, never truth: each ring is delivered
/// at least once, perhaps late, perhaps twice, and whoever answers it looks the truth up. What is never completed comes again; what comes too often is put aside.
/// </summary>
public interface IDoorbell
{
    /// <summary>Rings.</summary>
    /// <param name="queue">The queue's name, such as <c>pool/local</c>.</param>
    /// <param name="id">What to look at; at most 1,024 characters.</param>
    /// <param name="options">Order, delay and doubles.</param>
    /// <param name="cancel">Breaks off.</param>
    Task RingAsync(string queue, string id, RingOptions options, CancellationToken cancel);

    /// <summary>Takes the next ring, oldest first, and hides it from others for a time.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="hidden">How long it is hidden; when it is not settled by then it comes again.</param>
    /// <param name="wait">How long to wait for one; zero: only look.</param>
    /// <param name="cancel">Breaks off the wait.</param>
    /// <returns>The ring, or null when none came.</returns>
    Task<Ring?> TakeAsync(string queue, TimeSpan hidden, TimeSpan wait, CancellationToken cancel);

    /// <summary>The ring is answered. False when it had come again meanwhile: somebody else has it now.</summary>
    Task<bool> CompleteAsync(Ring ring, CancellationToken cancel);

    /// <summary>The ring could not be answered: it comes again after a delay, or is put aside when it has come <see cref="RingOptions.MaxDeliveries"/> times.</summary>
    Task<bool> ReturnAsync(Ring ring, TimeSpan delay, string reason, CancellationToken cancel);

    /// <summary>The rings that were put aside, newest first, at most 1,000.</summary>
    Task<IReadOnlyList<DeadRing>> DeadAsync(string queue, CancellationToken cancel);
}
