using Serverless.Contracts.Content;
using Serverless.Jobs.Checkpoints;

namespace Serverless.Agent.Files;

/// <summary>Lists the files of an output folder. Links are not followed, temporary names are passed over, and the count is bounded.</summary>
internal static class OutputScan
{
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
        MaxRecursionDepth = 32,
    };

    /// <summary>The files, in the order of their paths.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="tooMany">Whether there are more than <see cref="ContentLimits.Files"/>; the others are left out.</param>
    public static IReadOnlyList<FileStamp> Read(string folder, out bool tooMany)
    {
        var found = new List<FileStamp>();
        tooMany = false;
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", Below))
            {
                tooMany = found.Count == ContentLimits.Files;
                if (tooMany)
                    break;
                if (!IsTemporary(file.Name) && file.Exists)
                    found.Add(new FileStamp(Path.GetRelativePath(folder, file.FullName), file.Length, file.LastWriteTimeUtc.Ticks));
            }
        }
        catch (Exception vanished) when (vanished is IOException or UnauthorizedAccessException)
        {
            // The program removes folders while we look: the next scan sees what is left.
        }

        found.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return found;
    }

    /// <summary>The stamp of a checkpoint's marker; null when there is none.</summary>
    public static FileStamp? Marker(string folder)
    {
        var marker = new FileInfo(Path.Combine(folder, CheckpointMarker.FileName));
        return marker.Exists ? new FileStamp(CheckpointMarker.FileName, marker.Length, marker.LastWriteTimeUtc.Ticks) : null;
    }

    private static bool IsTemporary(string name) =>
        name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".partial", StringComparison.OrdinalIgnoreCase) || name == CheckpointMarker.FileName;
}
