using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Serverless.Contracts;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Failures;

namespace Serverless.Infra.Local.Artifacts;

/// <summary>
/// Artifacts as files under one folder, written by one process. After a put has returned, the bytes and their name survive a power cut;
/// appends survive the end of the process at once, and a power cut as far as the system had written them. See <c>docs/mechanisms/local-stores.md</c>.
/// </summary>
public sealed partial class FileArtifactStore : IArtifactStore, IDisposable
{
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    private readonly string root;
    private readonly FileTree tree;
    private readonly AddressSigner signer;
    private readonly TimeProvider clock;
    private readonly ETagClock stamps;
    private readonly PathLocks locks = new();
    private long tempCounter;

    /// <summary>Opens the folder, making it when it is not there, and removes what a killed process left unfinished.</summary>
    /// <param name="options">Where.</param>
    /// <param name="signer">Proves the short-lived addresses.</param>
    /// <param name="clock">Dates files and addresses.</param>
    public FileArtifactStore(FileStoreOptions options, AddressSigner signer, TimeProvider clock)
        : this(options.Root, FileTree.Open(options.Root), signer, clock)
    {
    }

    internal FileArtifactStore(string root, FileTree tree, AddressSigner signer, TimeProvider clock)
    {
        this.root = Path.GetFullPath(root);
        this.tree = tree;
        this.signer = signer;
        this.clock = clock;
        stamps = new ETagClock(clock);
        tree.Sweep();
    }

    /// <inheritdoc/>
    public Task<ArtifactEntry?> FindAsync(ArtifactPath path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Find(path));
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(ArtifactPath path, ByteRange? range, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (range is { } wanted && (wanted.Offset < 0 || wanted.Length < 0))
            throw Fail.Invalid("range", $"The range from {wanted.Offset} of {wanted.Length} bytes is negative.", "Give an offset and a length from 0.");
        var file = Try($"Opening '{path}'", () => tree.OpenRead(path))
            ?? throw Fail.NotFound("artifact", path.Value, "List the folder to see what is there.");
        var length = RandomAccess.GetLength(file);
        var from = Math.Min(range?.Offset ?? 0, length);
        return Task.FromResult<Stream>(new FileRangeStream(file, from, Math.Min(range?.Length ?? long.MaxValue, length - from)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var slash = prefix.LastIndexOf('/');
        string[] start = slash < 0 ? [] : prefix[..slash].Split('/');
        if (start.Any(segment => segment is "" or "." or ".." || segment.Contains('\0')))
            yield break;
        foreach (var entry in Under(start, prefix))
        {
            cancel.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel)
    {
        using var held = await locks.HoldAsync(path, cancel);
        return Try($"Deleting '{path}'", () => tree.Delete(path));
    }

    /// <inheritdoc/>
    public Task<ArtifactAddress> AddressAsync(ArtifactPath path, ArtifactVerb verb, TimeSpan lifetime, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (lifetime <= TimeSpan.Zero || lifetime > MaxLifetime)
            throw Fail.Invalid("lifetime", $"The lifetime '{lifetime}' is not between zero and {MaxLifetime.TotalDays} days.", "Give a shorter one.");
        var end = clock.GetUtcNow() + lifetime;
        var local = verb == ArtifactVerb.Read && Find(path) is not null ? Path.Combine([root, .. path.Value.Split('/')]) : null;
        return Task.FromResult(new ArtifactAddress(Routes.Fill(Routes.Artifact, path.Value) + signer.Sign(path, verb, end), end, local));
    }

    /// <inheritdoc/>
    public void Dispose() => tree.Dispose();

    /// <summary>Folders sort as if their name ended with a slash: then a walk in that order gives the paths in ordinal order.</summary>
    private IEnumerable<ArtifactEntry> Under(string[] folder, string prefix)
    {
        var names = Try($"Listing '{prefix}'", () => tree.Names(folder))
            .Where(child => folder.Length > 0 || child.Name != FileTree.TempFolder)
            .Select(child => (Path: string.Join('/', [.. folder, child.Name]) + (child.IsFolder ? "/" : ""), child))
            .Where(item => item.Path.StartsWith(prefix, StringComparison.Ordinal) || (item.child.IsFolder && prefix.StartsWith(item.Path, StringComparison.Ordinal)))
            .OrderBy(item => item.Path, StringComparer.Ordinal);
        foreach (var (path, (name, isFolder)) in names)
        {
            if (isFolder)
            {
                foreach (var entry in Under([.. folder, name], prefix))
                    yield return entry;
            }
            else if (TryParse(path) is { } parsed && Find(parsed) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>Files that somebody else put there under names that no artifact can have are not ours to show.</summary>
    private static ArtifactPath? TryParse(string path) =>
        Core.Names.PathRules.Check(path, "path").Count == 0 ? ArtifactPath.Parse(path) : null;

    private ArtifactEntry? Find(ArtifactPath path)
    {
        using var file = Try($"Opening '{path}'", () => tree.OpenRead(path));
        return file is null ? null : Entry(path, file);
    }

    /// <summary>The ETag is size and modification time: each write gets a time of its own (<see cref="ETagClock"/>), and an append changes the size as well.</summary>
    private static ArtifactEntry Entry(ArtifactPath path, SafeFileHandle file)
    {
        var size = RandomAccess.GetLength(file);
        var modified = File.GetLastWriteTimeUtc(file);
        return new ArtifactEntry(path, size, string.Create(CultureInfo.InvariantCulture, $"{size:x}-{modified.Ticks:x}"), new DateTimeOffset(modified));
    }

    private static T Try<T>(string what, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw LocalFailures.OfFiles(what, failed);
        }
    }
}
