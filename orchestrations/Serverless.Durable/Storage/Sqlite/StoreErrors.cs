using Microsoft.Data.Sqlite;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Durable.Storage.Sqlite;

/// <summary>Says what SQLite's result codes mean to whoever runs the host (sqlite.org/rescode.html).</summary>
internal static class StoreErrors
{
    public static ServerlessException Of(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        13 => Make(ProblemCodes.StorageFull, "has no room left", "Free space on its disk; what waits is then done by itself.", true, error, path),
        5 or 6 => Make(ProblemCodes.Unavailable, "is locked by another process", "Try again; end what holds it open.", true, error, path),
        8 => Make(ProblemCodes.Unavailable, "cannot be written: it is read-only", "Give this user the right to write the file and its folder.", true, error, path),
        10 => Make(ProblemCodes.Unavailable, "met an I/O error", "Look at the disk and the system's log; what waits is done once the disk is well.", true, error, path),
        14 => Make(ProblemCodes.Unavailable, "cannot be opened", "Look at the path, the folder's rights and the free space.", true, error, path),
        11 or 26 => Make(ProblemCodes.Internal, "is damaged or is no database", "Stop the host and put back a copy of the file, or move it away to begin anew.", false, error, path),
        _ => Make(ProblemCodes.Internal, "failed", "See the cause; report it with the host's log.", false, error, path),
    };

    private static ServerlessException Make(string code, string what, string cure, bool retryable, SqliteException error, string path) =>
        new(code, $"The workflow store '{path}' {what} (SQLite {error.SqliteExtendedErrorCode}: {error.Message}).", cure, retryable, inner: error);
}
