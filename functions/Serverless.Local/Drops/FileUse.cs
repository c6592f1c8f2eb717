namespace Serverless.Local.Drops;

/// <summary>Whether some process still writes a file: a copy that pauses looks finished otherwise. Sees processes of the same user, where the system has <c>/proc</c>.</summary>
internal static class FileUse
{
    /// <summary>Whether it is open for writing anywhere.</summary>
    /// <param name="fullPath">The file.</param>
    public static bool IsWritten(string fullPath)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        return Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Any(process => Writes(process, fullPath));
    }

    private static bool Writes(string process, string fullPath)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(process + "/fd")
                .Any(entry => new FileInfo(entry).LinkTarget == fullPath && IsForWriting($"{process}/fdinfo/{Path.GetFileName(entry)}"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The line <c>flags:</c> has the flags of open(2) in octal; the lowest two bits are 0 for reading only.</summary>
    private static bool IsForWriting(string facts) =>
        File.ReadLines(facts).FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal)) is { } flags && ((flags[^1] - '0') & 3) != 0;
}
