namespace Serverless.Infra.Local.Sqlite;

/// <summary>Where the database is and how long it waits.</summary>
/// <param name="File">The file; <c>-wal</c> and <c>-shm</c> beside it belong to it.</param>
public sealed record LocalDatabaseOptions(string File)
{
    /// <summary>How long a statement waits for a lock that another program holds, in whole seconds. Default: 5 s, less than a client's patience.</summary>
    public TimeSpan Busy { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most writes that wait their turn; more callers wait before they may. Default: 4,096.</summary>
    public int MaxQueuedWrites { get; init; } = 4_096;

    /// <summary>Most writes in one transaction. Default: 256, which keeps a commit under a few milliseconds.</summary>
    public int MaxBatch { get; init; } = 256;
}
