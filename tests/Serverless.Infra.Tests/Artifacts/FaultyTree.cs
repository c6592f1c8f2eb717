using Microsoft.Win32.SafeHandles;
using Serverless.Core.Artifacts;
using Serverless.Infra.Local.Artifacts;

namespace Serverless.Infra.Tests.Artifacts;

/// <summary>A tree on a disk that fails: new files go to a device of the system's own that is always full, or commits fail.</summary>
internal sealed class FaultyTree(FileTree inner) : FileTree
{
    /// <summary>New files are <c>/dev/full</c>: every write to it ends with the system's own ENOSPC.</summary>
    public bool IsFull { get; set; }

    /// <summary>What a commit fails with.</summary>
    public Exception? CommitFailure { get; set; }

    public override SafeFileHandle? OpenRead(ArtifactPath path) => inner.OpenRead(path);

    public override SafeFileHandle? OpenAppend(ArtifactPath path) => IsFull ? Full() : inner.OpenAppend(path);

    public override SafeFileHandle CreateTemp(string name) => IsFull ? Full() : inner.CreateTemp(name);

    public override void Commit(string temp, ArtifactPath path)
    {
        if (CommitFailure is not null)
            throw CommitFailure;
        inner.Commit(temp, path);
    }

    public override void Discard(string temp) => inner.Discard(temp);

    public override bool Delete(ArtifactPath path) => inner.Delete(path);

    public override IReadOnlyList<(string Name, bool IsFolder)> Names(IReadOnlyList<string> folder) => inner.Names(folder);

    public override void Dispose() => inner.Dispose();

    private static SafeFileHandle Full() => File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
}
