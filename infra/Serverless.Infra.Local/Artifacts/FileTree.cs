using Microsoft.Win32.SafeHandles;
using Serverless.Core.Artifacts;

namespace Serverless.Infra.Local.Artifacts;

/// <summary>
/// A folder of files that is never left: no operation follows a symbolic link below the root. New content is written to a temporary file
/// under <see cref="TempFolder"/>, a name that no artifact can have, in the same file system, and then renamed.
/// </summary>
internal abstract class FileTree : IDisposable
{
    /// <summary>The folder of temporary files in the root: a path with a percent sign is no artifact's.</summary>
    public const string TempFolder = "%temp";

    /// <summary>The tree for this system: race-free where the system can walk by handles, by checks of each segment elsewhere.</summary>
    public static FileTree Open(string root) =>
        OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? new UnixFileTree(root) : new PortableFileTree(root);

    /// <summary>Opens a regular file; null when there is none, or a link in its place.</summary>
    public abstract SafeFileHandle? OpenRead(ArtifactPath path);

    /// <summary>Opens a regular file to append; null when there is none. A file with further names (hard links) is refused: they may lie outside.</summary>
    public abstract SafeFileHandle? OpenAppend(ArtifactPath path);

    /// <summary>Makes a new temporary file.</summary>
    public abstract SafeFileHandle CreateTemp(string name);

    /// <summary>Puts a temporary file in an artifact's place, whatever is there, making the folders; afterwards the name is on the disk.</summary>
    public abstract void Commit(string temp, ArtifactPath path);

    /// <summary>Removes a temporary file if it is there.</summary>
    public abstract void Discard(string temp);

    /// <summary>Removes a file or a link and the folders that it leaves empty; false when nothing was there.</summary>
    public abstract bool Delete(ArtifactPath path);

    /// <summary>The names in a folder, unsorted, links left out; empty when there is no such folder.</summary>
    /// <param name="folder">Segments below the root.</param>
    public abstract IReadOnlyList<(string Name, bool IsFolder)> Names(IReadOnlyList<string> folder);

    /// <summary>Removes the temporary files that a killed process left.</summary>
    /// <returns>How many there were.</returns>
    public int Sweep()
    {
        var left = Names([TempFolder]);
        foreach (var (name, _) in left)
            Discard(name);
        return left.Count;
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
