namespace Serverless.Agent.Workspaces;

/// <summary>Puts relative paths below a folder. The host has checked them; a second look costs nothing.</summary>
internal static class SafePath
{
    /// <summary>The absolute path.</summary>
    /// <exception cref="StagingFailure">The path leads out of the folder, or is the folder.</exception>
    public static string Below(string folder, string relative)
    {
        var root = Path.GetFullPath(folder) + "/";
        var full = relative.Length == 0 || relative.Contains('\0') ? root : Path.GetFullPath(Path.Combine(root, relative));
        return !Path.IsPathRooted(relative) && full.Length > root.Length && full.StartsWith(root, StringComparison.Ordinal)
            ? full
            : throw new StagingFailure($"The path '{relative}' does not lie below the job's folder. Give a relative path without '..'.");
    }
}
