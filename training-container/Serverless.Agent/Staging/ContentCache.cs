using System.Security.Cryptography;
using Serverless.Agent.Workspaces;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;

namespace Serverless.Agent.Staging;

/// <summary>
/// Contents by hash, kept on the node for later jobs; several agents may share it. A file in it is read-only and has one fixed time of change, so that a look at size,
/// mode and time tells whether anybody touched it; then it is hashed again. Its time of access is set by us alone and orders it for eviction.
/// </summary>
internal sealed class ContentCache(string folder, long limitBytes, TimeProvider clock)
{
    /// <summary>The time of change of every untouched file.</summary>
    private static readonly DateTime Untouched = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private int temporary;

    /// <summary>Makes sure that a content is there.</summary>
    /// <param name="wanted">The content and where to fetch it.</param>
    /// <param name="fetcher">Fetches it.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>Its path, and whether it had to be copied.</returns>
    public async Task<(string Path, bool Copied)> BringAsync(TicketFile wanted, FileFetcher fetcher, CancellationToken cancel)
    {
        var path = PathOf(wanted.File);
        if (await IsGoodAsync(path, wanted.File, cancel))
        {
            File.SetLastAccessTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return (path, false);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(TemporaryFolder);
        Trim(wanted.File.SizeBytes);
        var target = Path.Combine(TemporaryFolder, $"{wanted.File.Sha256}.{Environment.ProcessId}.{Interlocked.Increment(ref temporary)}");
        try
        {
            await FetchAsync(wanted, fetcher, target, cancel);
            Seal(target);
            File.Move(target, path, overwrite: true);
        }
        finally
        {
            File.Delete(target);
        }

        return (path, true);
    }

    private string TemporaryFolder => Path.Combine(folder, "tmp");

    private string PathOf(ContentFile file) =>
        file.Sha256.Length == 64 && file.Sha256.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(folder, "sha256", file.Sha256[..2], file.Sha256)
            : throw new StagingFailure($"'{file.Sha256}' is not a SHA-256: 64 lower-case hexadecimal digits are expected.");

    private void Seal(string path)
    {
        File.SetUnixFileMode(path, ReadOnly);
        File.SetLastWriteTimeUtc(path, Untouched);
        File.SetLastAccessTimeUtc(path, clock.GetUtcNow().UtcDateTime);
    }

    private async Task FetchAsync(TicketFile wanted, FileFetcher fetcher, string target, CancellationToken cancel)
    {
        try
        {
            await fetcher.FetchAsync(wanted, target, cancel);
        }
        catch (IOException full) when (Disk.IsFull(full) && Trim(long.MaxValue) > 0)
        {
            await fetcher.FetchAsync(wanted, target, cancel);
        }
    }

    private async Task<bool> IsGoodAsync(string path, ContentFile file, CancellationToken cancel)
    {
        var info = new FileInfo(path);
        if (!info.Exists || info.LinkTarget is not null)
            return false;
        if (info.Length == file.SizeBytes && info.LastWriteTimeUtc == Untouched && info.UnixFileMode == ReadOnly)
            return true;
        if (info.Length == file.SizeBytes && await HashAsync(path, cancel) == file.Sha256)
        {
            Seal(path);
            return true;
        }

        File.Delete(path);
        return false;
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }

    /// <summary>Makes room: removes what was not used for longest. A job that uses such a file keeps it by its own link.</summary>
    /// <returns>The bytes that were removed.</returns>
    private long Trim(long comingBytes)
    {
        var root = new DirectoryInfo(Path.Combine(folder, "sha256"));
        if (!root.Exists)
            return 0;
        var files = root.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.LastAccessTimeUtc).ToList();
        var excess = comingBytes >= limitBytes ? long.MaxValue : files.Sum(file => file.Length) + comingBytes - limitBytes;
        long removed = 0;
        foreach (var file in files.TakeWhile(_ => removed < excess))
        {
            removed += file.Length;
            file.Delete();
        }

        return removed;
    }
}
