using System.Security.Cryptography;
using System.Text;
using Serverless.Client.Errors;
using Serverless.Contracts.Content;

namespace Serverless.Client.Content;

/// <summary>The files of a folder, and their hashes.</summary>
internal static class FolderContent
{
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        ".git", ".hg", ".svn", "__pycache__", "node_modules", ".venv", "venv", ".serverless",
    };

    /// <summary>Files with their relative paths (forward slashes, normalization form C), sorted by path.</summary>
    public static IReadOnlyList<(string Full, string Relative)> List(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists)
            throw new UploadException($"The folder '{folder}' is not there. Give the path of a folder.");

        var files = new List<(string Full, string Relative)>();
        var links = new List<string>();
        Walk(root, "", files, links);
        if (links.Count > 0)
            throw new UploadException($"The folder '{folder}' has {links.Count} link(s), such as '{links[0]}'. Links are not followed: replace them by the files that they name, or move them away.");
        if (files.Count == 0)
            throw new UploadException($"The folder '{folder}' has no files.");
        files.Sort((a, b) => string.CompareOrdinal(a.Relative, b.Relative));
        return files;
    }

    /// <summary>A file's hash and size, read once from begin to end.</summary>
    public static async Task<ContentFile> ReadFileAsync(string full, string relative, CancellationToken cancel)
    {
        try
        {
            await using var file = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var hash = await SHA256.HashDataAsync(file, cancel);
            return new ContentFile(relative, Convert.ToHexStringLower(hash), file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UploadException($"The file '{full}' cannot be read: {e.Message}", e);
        }
    }

    private static void Walk(DirectoryInfo folder, string prefix, List<(string, string)> files, List<string> links)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            var relative = prefix + entry.Name.Normalize(NormalizationForm.FormC);
            if (entry is DirectoryInfo && LeftOut.Contains(entry.Name))
                continue;
            if (entry.LinkTarget is not null)
                links.Add(relative);
            else if (entry is DirectoryInfo child)
                Walk(child, relative + "/", files, links);
            else
                files.Add((entry.FullName, relative));
            if (files.Count > ContentLimits.Files)
                throw new UploadException($"The folder '{folder.FullName}' has more than {ContentLimits.Files:N0} files, the limit. Pack them, or give a smaller folder.");
        }
    }
}
