using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Serverless.Core.Artifacts;
using Serverless.Infra.Local.Failures;
using Serverless.Infra.Local.Unix;

namespace Serverless.Infra.Local.Artifacts;

/// <summary>
/// Walks segment by segment from a handle of the root (<c>openat</c> with <c>O_NOFOLLOW</c>), and works on the handle of the last folder. A link that is
/// swapped in between check and use changes nothing, because there is no check apart from the use.
/// </summary>
internal sealed class UnixFileTree : FileTree
{
    /// <summary>How often a commit begins anew when a folder that it needs was pruned meanwhile: more often than any number of deleters can win.</summary>
    private const int PrunedTries = 1_000;

    private const uint OwnerOnlyFolder = 0b111_000_000;
    private const uint OwnerOnlyFile = 0b110_000_000;

    private readonly string rootPath;
    private readonly SafeFileHandle root;
    private readonly SafeFileHandle temp;

    public UnixFileTree(string root)
    {
        rootPath = root;
        Directory.CreateDirectory(root);
        var opened = Libc.Open(root, Libc.ReadOnly | Libc.Directory | Libc.CloseOnExec);
        this.root = opened >= 0 ? new SafeFileHandle(opened, ownsHandle: true) : throw Libc.Failure($"Opening '{root}'", Marshal.GetLastPInvokeError());
        temp = Walk([TempFolder], create: true)!;
    }

    public override SafeFileHandle? OpenRead(ArtifactPath path) => OpenFile(path, Libc.ReadOnly);

    public override SafeFileHandle? OpenAppend(ArtifactPath path)
    {
        var file = OpenFile(path, Libc.ReadWrite);
        if (file is null || Libc.NamesOf(file) == 1)
            return file;
        file.Dispose();
        throw LocalFailures.Linked(path);
    }

    public override SafeFileHandle CreateTemp(string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(Path.Combine(rootPath, TempFolder, name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }

        var opened = Libc.OpenAt(temp, name, Libc.ReadWrite | Libc.CreateNew | Libc.NoFollow | Libc.CloseOnExec, OwnerOnlyFile);
        return opened >= 0 ? new SafeFileHandle(opened, ownsHandle: true) : throw Libc.Failure($"Making the temporary file '{name}'", Marshal.GetLastPInvokeError());
    }

    public override void Commit(string temp, ArtifactPath path)
    {
        var segments = path.Value.Split('/');
        for (var attempt = 1; ; attempt++)
        {
            using var folder = Walk(segments[..^1], create: true) ?? throw LocalFailures.NotAFolder(path);
            if (Libc.RenameAt(this.temp, temp, folder, segments[^1]) == 0)
            {
                Flush(folder, path);
                return;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == Libc.IsDirectory || error == Libc.NotEmpty || error == Libc.Exists)
                throw LocalFailures.IsAFolder(path);
            if (error != Libc.NoEntry || attempt == PrunedTries)
                throw Libc.Failure($"Renaming to '{path}'", error);
        }
    }

    public override void Discard(string temp) => Libc.UnlinkAt(this.temp, temp, 0);

    public override bool Delete(ArtifactPath path)
    {
        var segments = path.Value.Split('/');
        using (var folder = Walk(segments[..^1], create: false))
        {
            if (folder is null || IsFolder(folder, segments[^1]))
                return false;
            if (Libc.UnlinkAt(folder, segments[^1], 0) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                return error == Libc.NoEntry ? false : throw Libc.Failure($"Deleting '{path}'", error);
            }
        }

        Prune(segments);
        return true;
    }

    public override IReadOnlyList<(string Name, bool IsFolder)> Names(IReadOnlyList<string> folder)
    {
        using var handle = Walk(folder, create: false);
        if (handle is null)
            return [];
        var path = OperatingSystem.IsLinux() ? $"/proc/self/fd/{handle.DangerousGetHandle()}" : Path.Combine([rootPath, .. folder]);
        return [.. new FileSystemEnumerable<(string, bool)>(
            path,
            (ref entry) => (entry.FileName.ToString(), entry.IsDirectory),
            new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })];
    }

    public override void Dispose()
    {
        temp.Dispose();
        root.Dispose();
    }

    private SafeFileHandle? OpenFile(ArtifactPath path, int access)
    {
        var segments = path.Value.Split('/');
        using var folder = Walk(segments[..^1], create: false);
        if (folder is null)
            return null;
        var opened = Libc.OpenAt(folder, segments[^1], access | Libc.NoFollow | Libc.CloseOnExec | Libc.NonBlocking);
        if (opened < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == Libc.NoEntry || error == Libc.TooManyLinks || error == Libc.IsDirectory || error == Libc.NameTooLong
                ? null
                : throw Libc.Failure($"Opening '{path}'", error);
        }

        var file = new SafeFileHandle(opened, ownsHandle: true);
        var attributes = File.GetAttributes(file);
        if (!attributes.HasFlag(FileAttributes.Directory) && !attributes.HasFlag(FileAttributes.Device) && CanSeek(file))
            return file;
        file.Dispose();
        return null;
    }

    /// <summary>Opens a folder below the root; null when it, or a folder on the way, is not there, or is a file or a link.</summary>
    private SafeFileHandle? Walk(IReadOnlyList<string> segments, bool create)
    {
        for (var attempt = 1; attempt <= PrunedTries; attempt++)
        {
            if (TryWalk(segments, create, out var folder))
                return folder;
        }

        throw Libc.Failure($"Making the folder '{string.Join('/', segments)}', which others removed {PrunedTries} times", Libc.NoEntry);
    }

    /// <summary>False when a folder was pruned under our feet: then the walk begins anew at the root.</summary>
    private bool TryWalk(IReadOnlyList<string> segments, bool create, out SafeFileHandle? folder)
    {
        folder = Duplicate();
        foreach (var segment in segments)
        {
            using var parent = folder;
            folder = null;
            var next = OpenFolder(parent, segment);
            if (next < 0 && create && Marshal.GetLastPInvokeError() == Libc.NoEntry)
            {
                Make(parent, segment);
                next = OpenFolder(parent, segment);
                if (next < 0 && Marshal.GetLastPInvokeError() == Libc.NoEntry)
                    return false;
            }

            if (next < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                return error == Libc.NoEntry || error == Libc.NotDirectory || error == Libc.TooManyLinks || error == Libc.NameTooLong
                    ? true
                    : throw Libc.Failure($"Opening the folder '{string.Join('/', segments)}'", error);
            }

            folder = new SafeFileHandle(next, ownsHandle: true);
        }

        return true;
    }

    private static int OpenFolder(SafeFileHandle parent, string name) =>
        Libc.OpenAt(parent, name, Libc.ReadOnly | Libc.Directory | Libc.NoFollow | Libc.CloseOnExec);

    private SafeFileHandle Duplicate()
    {
        var opened = Libc.OpenAt(root, ".", Libc.ReadOnly | Libc.Directory | Libc.CloseOnExec);
        return opened >= 0 ? new SafeFileHandle(opened, ownsHandle: true) : throw Libc.Failure($"Opening '{rootPath}'", Marshal.GetLastPInvokeError());
    }

    /// <summary>Makes a folder and puts its name on the disk. When its parent was pruned meanwhile nothing happens, and the caller starts anew.</summary>
    private void Make(SafeFileHandle parent, string name)
    {
        if (Libc.MakeFolderAt(parent, name, OwnerOnlyFolder) == 0)
        {
            Libc.Flush(parent);
            return;
        }

        var error = Marshal.GetLastPInvokeError();
        if (error != Libc.Exists && error != Libc.NoEntry)
            throw Libc.Failure($"Making the folder '{name}'", error);
    }

    /// <summary>Removes the folders above a deleted file that are empty; the system refuses those that are not, so a put beside is never hurt.</summary>
    private void Prune(string[] segments)
    {
        for (var depth = segments.Length - 1; depth > 0; depth--)
        {
            using var parent = Walk(segments[..(depth - 1)], create: false);
            if (parent is null || Libc.UnlinkAt(parent, segments[depth - 1], Libc.RemoveFolder) != 0)
                return;
        }
    }

    private static bool IsFolder(SafeFileHandle folder, string name)
    {
        var opened = OpenFolder(folder, name);
        if (opened < 0)
            return false;
        new SafeFileHandle(opened, ownsHandle: true).Dispose();
        return true;
    }

    private static void Flush(SafeFileHandle folder, ArtifactPath path)
    {
        if (Libc.Flush(folder) != 0)
            throw Libc.Failure($"Flushing the folder of '{path}'", Marshal.GetLastPInvokeError());
    }

    private static bool CanSeek(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file) >= 0;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
