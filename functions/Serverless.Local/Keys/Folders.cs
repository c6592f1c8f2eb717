namespace Serverless.Local.Keys;

/// <summary>Makes folders that only their owner enters: they hold keys and people's data.</summary>
internal static class Folders
{
    /// <summary>Makes a folder, and those above it, unless it is there.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
