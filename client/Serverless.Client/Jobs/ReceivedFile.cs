using Serverless.Client.Errors;

namespace Serverless.Client.Jobs;

/// <summary>Files from a host, kept below a folder and nowhere else, whole or not at all.</summary>
internal static class ReceivedFile
{
    /// <summary>Where a file goes. The path is the host's word, so it is not trusted.</summary>
    public static string PathIn(string folder, string path)
    {
        var segments = path.Split('/');
        if (path.Contains('\\') || path.Contains(':') || segments.Any(segment => segment is "" or "." or ".." || segment.Any(char.IsControl)))
            throw new UploadException($"The host names a file '{path.ReplaceLineEndings(" ")}' that would not lie below '{folder}'. It was not brought.");
        return Path.Combine([Path.GetFullPath(folder), .. segments]);
    }

    /// <summary>Writes beside the target and renames.</summary>
    public static async Task WriteAsync(string target, Stream body, CancellationToken cancel)
    {
        var partial = $"{target}.part-{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous))
                await body.CopyToAsync(file, cancel);
            File.Move(partial, target, overwrite: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not HttpIOException)
        {
            throw new UploadException($"The file '{target}' cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
