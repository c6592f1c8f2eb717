using Serverless.Core.Uploads;

namespace Serverless.Local.Drops;

/// <summary>Finds the files of the drop folder: <c>drop/{dataset}/{path…}</c>. Links are not followed, hidden and half-loaded files are not seen.</summary>
/// <param name="root">The drop folder.</param>
internal sealed class DropFolder(string root)
{
    /// <summary>Most files that one look sees: what a version of a data set may have, tenfold.</summary>
    public const int MaxFiles = 100_000;

    private const int MaxDepth = 32;

    /// <summary>The files that are there.</summary>
    public IReadOnlyList<DropFile> Look()
    {
        var files = new List<DropFile>();
        Look(new DirectoryInfo(root), "", 0, files);
        return files;
    }

    private static void Look(DirectoryInfo folder, string path, int depth, List<DropFile> files)
    {
        foreach (var entry in Entries(folder))
        {
            if (files.Count == MaxFiles)
                return;
            if (entry.Name.StartsWith('.') || entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                continue;
            var below = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
            if (entry is DirectoryInfo inner && depth < MaxDepth)
                Look(inner, below, depth + 1, files);
            else if (entry is FileInfo file && IsFinished(file))
                files.Add(new DropFile(below, file.FullName, file.Length, file.LastWriteTimeUtc));
        }
    }

    /// <summary>A pipe, a socket or a device has a length of 0 and is never opened, since that could wait for ever; neither has an empty file anything to take in.</summary>
    private static bool IsFinished(FileInfo file) =>
        file.Length > 0 && DropPath.IsFinished(file.Name);

    private static IEnumerable<FileSystemInfo> Entries(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
