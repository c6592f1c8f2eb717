using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;
using Serverless.Core.Artifacts;
using Serverless.Infra.Local.Failures;

namespace Serverless.Infra.Local.Artifacts;

/// <summary>
/// For systems without <c>openat</c> (Windows): looks at each segment before it uses the path. Between look and use a link could be swapped in by
/// a program of the same user; making links there needs a right that ordinary accounts do not have.
/// </summary>
internal sealed class PortableFileTree : FileTree
{
    private const int PrunedTries = 1_000;

    /// <summary>EEXIST, as .NET tells it where it has no exception of its own for it.</summary>
    private const int AlreadyThere = 17;
    private readonly string root;

    public PortableFileTree(string root)
    {
        this.root = Path.GetFullPath(root);
        Directory.CreateDirectory(Path.Combine(this.root, TempFolder));
    }

    public override SafeFileHandle? OpenRead(ArtifactPath path) => OpenFile(path, FileAccess.Read);

    public override SafeFileHandle? OpenAppend(ArtifactPath path) => OpenFile(path, FileAccess.ReadWrite);

    public override SafeFileHandle CreateTemp(string name) =>
        File.OpenHandle(TempPath(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public override void Commit(string temp, ArtifactPath path)
    {
        var segments = path.Value.Split('/');
        var target = Path.Combine([root, .. segments]);
        for (var attempt = 1; ; attempt++)
        {
            if (!IsPlain(segments[..^1]))
                throw LocalFailures.NotAFolder(path);
            if (Directory.Exists(target))
                throw LocalFailures.IsAFolder(path);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(TempPath(temp), target, overwrite: true);
                return;
            }
            catch (IOException pruned) when (
                (pruned is DirectoryNotFoundException or FileNotFoundException || pruned.HResult == AlreadyThere) && attempt < PrunedTries && File.Exists(TempPath(temp)))
            {
                // A deleter pruned the folder while it was made (told as a file not found, or as one that was there a moment ago), or between its making and the move.
                // A file that really stands there is found by the next look.
            }
        }
    }

    public override void Discard(string temp) => File.Delete(TempPath(temp));

    public override bool Delete(ArtifactPath path)
    {
        var segments = path.Value.Split('/');
        var target = new FileInfo(Path.Combine([root, .. segments]));
        if (!IsPlain(segments[..^1]) || (!target.Exists && target.LinkTarget is null))
            return false;
        try
        {
            target.Delete();
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }

        Prune(segments);
        return true;
    }

    public override IReadOnlyList<(string Name, bool IsFolder)> Names(IReadOnlyList<string> folder)
    {
        var path = Path.Combine([root, .. folder]);
        if (!IsPlain(folder) || !Directory.Exists(path))
            return [];
        try
        {
            return [.. new FileSystemEnumerable<(string, bool)>(
                path,
                (ref entry) => (entry.FileName.ToString(), entry.IsDirectory),
                new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    public override void Dispose()
    {
        // Holds no handles.
    }

    private SafeFileHandle? OpenFile(ArtifactPath path, FileAccess access)
    {
        var segments = path.Value.Split('/');
        var target = Path.Combine([root, .. segments]);
        if (!IsPlain(segments[..^1]) || new FileInfo(target) is not { Exists: true } file || file.Attributes.HasFlag(FileAttributes.ReparsePoint))
            return null;
        try
        {
            return File.OpenHandle(target, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether no segment that exists is a link or a file.</summary>
    private bool IsPlain(IReadOnlyList<string> segments)
    {
        var path = root;
        foreach (var segment in segments)
        {
            path = Path.Combine(path, segment);
            var folder = new DirectoryInfo(path);
            if (folder.LinkTarget is not null || File.Exists(path))
                return false;
            if (!folder.Exists)
                return true;
        }

        return true;
    }

    private void Prune(string[] segments)
    {
        for (var depth = segments.Length - 1; depth > 0; depth--)
        {
            try
            {
                Directory.Delete(Path.Combine([root, .. segments[..depth]]));
            }
            catch (IOException)
            {
                // Not empty, or gone: nothing above it is ours to remove.
                return;
            }
        }
    }

    private string TempPath(string name) => Path.Combine(root, TempFolder, name);
}
