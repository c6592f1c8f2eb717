using System.Globalization;

namespace Serverless.Agent.Files;

/// <summary>Tells whether a program still writes: which of its processes hold a file open for writing. A pause in the middle of a write looks like its end otherwise.</summary>
internal static class OpenWriters
{
    /// <summary>
    /// Whether one of the files is open for writing, or may have been a moment ago: a process that is being killed has lost its files before it is gone, and then nothing
    /// is open.
    /// </summary>
    /// <param name="processes">The program's processes.</param>
    /// <param name="files">Absolute paths with all links resolved.</param>
    public static bool Any(IEnumerable<int> processes, IReadOnlySet<string> files) =>
        processes.Any(process => Writes(process.ToString(CultureInfo.InvariantCulture), files));

    private static bool Writes(string process, IReadOnlySet<string> files)
    {
        try
        {
            var descriptors = Directory.GetFileSystemEntries($"/proc/{process}/fd");
            return descriptors.Length == 0
                || descriptors.Any(entry => new FileInfo(entry).LinkTarget is { } target && files.Contains(target) && IsForWriting(process, Path.GetFileName(entry)));
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            // A process of another user: it cannot be looked into, and will not write where the job's user alone may.
            return false;
        }
    }

    /// <summary>The line <c>flags:</c> has the flags of open(2) in octal; the lowest two bits are 0 for reading only.</summary>
    private static bool IsForWriting(string process, string descriptor)
    {
        var flags = File.ReadLines($"/proc/{process}/fdinfo/{descriptor}").FirstOrDefault(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return flags is not null && (flags[^1] - '0' & 3) != 0;
    }
}
