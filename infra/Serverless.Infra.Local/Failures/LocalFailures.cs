using Microsoft.Data.Sqlite;
using Serverless.Contracts.Problems;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;

namespace Serverless.Infra.Local.Failures;

/// <summary>What goes wrong with disks and databases, in the words of the ports.</summary>
internal static class LocalFailures
{
    private const int NoSpaceUnix = 28;
    private const int QuotaLinux = 122;
    private const int QuotaMac = 69;
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullWindows = unchecked((int)0x80070027);
    private const string FreeSpace = "Free some space on the disk of the data folder, then try again.";

    /// <summary>A part of the path is an artifact or a link, not a folder.</summary>
    public static ServerlessException NotAFolder(ArtifactPath path) =>
        Fail.Conflict($"'{path}' leads through an artifact or a link, which cannot hold others.", "Choose another path, or remove what is in its way.");

    /// <summary>The path is a folder of other artifacts.</summary>
    public static ServerlessException IsAFolder(ArtifactPath path) =>
        Fail.Conflict($"'{path}' is a folder of other artifacts.", "Choose another path.");

    /// <summary>The file has further names.</summary>
    public static ServerlessException Linked(ArtifactPath path) =>
        Fail.Conflict($"The file of '{path}' has further names (hard links), so that writing to it could change something outside the store.", "Delete the artifact and write it again.");

    /// <summary>A failure of the file system.</summary>
    /// <param name="what">What was tried, with the path.</param>
    /// <param name="cause">What the system said.</param>
    public static ServerlessException OfFiles(string what, Exception cause) => cause switch
    {
        ServerlessException known => known,
        IOException when IsFull(cause.HResult) =>
            new(ProblemCodes.StorageFull, $"{what} failed: the disk is full or a quota is used up. Nothing has changed.", FreeSpace, inner: cause),
        UnauthorizedAccessException =>
            new(ProblemCodes.Unavailable, $"{what} failed: {cause.Message}", "Give the host the right to write in its data folder, on a disk that is not read-only.", inner: cause),
        _ => new(ProblemCodes.Unavailable, $"{what} failed: {cause.Message}", "Try again; when it goes on, check the disk.", retryable: true, inner: cause),
    };

    /// <summary>A failure of the database.</summary>
    public static ServerlessException OfDatabase(string file, SqliteException cause) => cause.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL =>
            new(ProblemCodes.StorageFull, $"The database '{file}' cannot grow: the disk is full. Nothing has changed.", FreeSpace, inner: cause),
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            new(ProblemCodes.Unavailable, $"The database '{file}' is locked by another program.", "End the other program that has it open, or try again.", retryable: true, inner: cause),
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_AUTH =>
            new(ProblemCodes.Unavailable, $"The database '{file}' cannot be written: {cause.Message}", "Give the host the right to write the file and its folder.", inner: cause),
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
            new(ProblemCodes.Unavailable, $"The database '{file}' is damaged: {cause.Message}",
                "Stop the host, keep a copy of the data folder, and restore the file from a backup (or with 'sqlite3 FILE .recover').", inner: cause),
        SQLitePCL.raw.SQLITE_IOERR =>
            new(ProblemCodes.Unavailable, $"Reading or writing the database '{file}' failed: {cause.Message}", "Check the disk, then try again.", retryable: true, inner: cause),
        _ => new(ProblemCodes.Internal, $"The database '{file}' failed: {cause.Message}", "This is a fault of the product; please report it.", inner: cause),
    };

    private static bool IsFull(int error) =>
        error is DiskFullWindows or HandleDiskFullWindows or NoSpaceUnix
        || (error == QuotaLinux && OperatingSystem.IsLinux()) || (error == QuotaMac && OperatingSystem.IsMacOS());
}
