namespace Serverless.Jobs.Checkpoints;

/// <summary>The files of a checkpoint that is being saved.</summary>
public sealed class CheckpointFiles
{
    private readonly string folder;
    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);

    internal CheckpointFiles(string folder) => this.folder = folder;

    /// <summary>Writes one file.</summary>
    /// <param name="path">Its path below the checkpoint folder, with forward slashes.</param>
    /// <param name="write">Writes its content.</param>
    public void Write(string path, Action<Stream> write)
    {
        var target = Path.GetFullPath(Path.Combine(folder, path));
        if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.GetFileName(target) == CheckpointMarker.FileName)
            throw new ArgumentException($"'{path}' is not a path below the checkpoint folder, or is the marker's. Give a relative path such as 'state.json'.", nameof(path));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = target + ".tmp";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.Read))
            write(stream);
        using (var handle = File.OpenHandle(temporary, access: FileAccess.Write)) // opened anew: some writers, TorchSharp's among them, close what they are given
            RandomAccess.FlushToDisk(handle);

        written[target] = temporary;
    }

    internal void MoveIntoPlace()
    {
        foreach (var (target, temporary) in written)
            File.Move(temporary, target, overwrite: true);
    }
}
