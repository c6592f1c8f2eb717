namespace Serverless.Durable.Storage.Sqlite;

/// <summary>Where a transaction stands: tests crash there.</summary>
internal enum CommitMoment
{
    /// <summary>Everything is written; nothing is committed.</summary>
    Before,

    /// <summary>It is on the disk; nobody has been told.</summary>
    After,
}
