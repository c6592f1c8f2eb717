namespace Serverless.Infra.Local.Doorbells;

/// <summary>A ring that is not settled yet, as the process sees it; its row in the database has what must outlive the process.</summary>
internal sealed class WaitingRing(long sequence, string id, string? orderKey)
{
    public long Sequence => sequence;

    public string Id => id;

    public string? OrderKey => orderKey;

    /// <summary>How often it was delivered.</summary>
    public int Deliveries { get; set; }

    /// <summary>When it may be delivered (again), on the monotonic clock; <see cref="long.MaxValue"/> while its answer is being written.</summary>
    public long VisibleAt { get; set; }

    /// <summary>Whether somebody has it.</summary>
    public bool IsTaken { get; set; }
}
