using Serverless.Local.Keys;

namespace Serverless.Local.Options;

/// <summary>Where everything of a host is kept.</summary>
/// <param name="root">The folder.</param>
internal sealed class DataFolder(string root)
{
    /// <summary>The folder itself.</summary>
    public string Root => root;

    /// <summary>Bytes.</summary>
    public string Artifacts => Path.Combine(root, "artifacts");

    /// <summary>Workflows.</summary>
    public string Workflows => Path.Combine(root, "workflows.db");

    /// <summary>Keys.</summary>
    public string Keys => Path.Combine(root, "keys");

    /// <summary>The drop folder.</summary>
    public string Drop => Path.Combine(root, "drop");

    /// <summary>Where the host answers.</summary>
    public RunningFile Running => new(Path.Combine(root, "run", "host.json"));

    /// <summary>Sees that the data folder has one host.</summary>
    public string LockFile => Path.Combine(root, "run", "host.lock");

    /// <summary>Makes the folders, for their owner alone.</summary>
    public void Make()
    {
        foreach (var folder in (string[])[root, Path.Combine(root, "run"), Keys, Drop, Artifacts])
            Folders.Make(folder);
    }
}
