namespace Serverless.Durable.Storage.Sqlite;

/// <summary>Keeps a database from other users of the machine, whatever the umask says.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Makes the file, empty, unless it is there, and takes everybody else's rights from it. SQLite gives the files that it puts beside a database the
    /// database's own mode. What cannot be done here is left for SQLite to say.
    /// </summary>
    public static void Bring(string file)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            // A file that is there is not opened: closing it would let go of the locks that this process has on it (POSIX).
            if (File.Exists(file))
                File.SetUnixFileMode(file, Mode);
            else
                new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode }).Dispose();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Another process was first, the disk is full, or the folder is not ours.
        }
    }
}
