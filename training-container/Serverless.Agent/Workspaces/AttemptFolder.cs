using System.Globalization;
using Serverless.Contracts.Agents;

namespace Serverless.Agent.Workspaces;

/// <summary>
/// The folder of one attempt on the node's disk; gone when the attempt is over. A lock file tells it apart from what an agent that was killed has left: that is removed
/// when the next agent starts.
/// </summary>
internal sealed class AttemptFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream held;

    private AttemptFolder(string root)
    {
        Root = root;
        Directory.CreateDirectory(root, Private);
        held = new FileStream(LockOf(root), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Work = Below("job");
        Model = Below("model");
        Artifacts = Below("artifacts");
        Checkpoint = Below("checkpoint");
        Tensorboard = Below("tensorboard");
        Metrics = Below("metrics");
        Temporary = Below("tmp");
        Snapshot = Below("snapshot");
    }

    public string Root { get; }

    /// <summary>The working folder: code and, unless chosen otherwise, inputs.</summary>
    public string Work { get; }

    public string Model { get; }

    public string Artifacts { get; }

    public string Checkpoint { get; }

    public string Tensorboard { get; }

    /// <summary>The folder of the metrics file.</summary>
    public string Metrics { get; }

    /// <summary>What a container has as <c>/tmp</c>.</summary>
    public string Temporary { get; }

    /// <summary>Links to the files of a checkpoint while it is being sent.</summary>
    public string Snapshot { get; }

    public string MetricsFile => Path.Combine(Metrics, "metrics.jsonl");

    public string Log => Path.Combine(Root, "log");

    /// <summary>Makes the folder of an attempt.</summary>
    public static AttemptFolder Create(string dataFolder, string job, int epoch)
    {
        var root = Path.Combine(Attempts(dataFolder), string.Create(CultureInfo.InvariantCulture, $"{job}-{epoch}"));
        Remove(root);
        return new AttemptFolder(root);
    }

    /// <summary>The folders that agents which were killed have left.</summary>
    public static IReadOnlyList<string> Orphans(string dataFolder) =>
        Directory.Exists(Attempts(dataFolder)) ? [.. Directory.EnumerateDirectories(Attempts(dataFolder)).Where(root => !IsHeld(root))] : [];

    /// <summary>Whether a path is that of an attempt's folder below a data folder.</summary>
    public static bool IsAttempt(string dataFolder, string path) => Path.GetDirectoryName(path) == Attempts(dataFolder);

    /// <summary>Whether an agent that lives works in a folder.</summary>
    public static bool IsHeld(string root)
    {
        try
        {
            using var probe = new FileStream(LockOf(root), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            // An empty folder is one that its agent makes just now.
            return !Directory.EnumerateFileSystemEntries(root).Any();
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Where an input is: below the working folder; one that a container has at an absolute path is in a folder of its channel.</summary>
    /// <exception cref="StagingFailure">The path leads out of the folder.</exception>
    public string PlaceOf(TicketInput input) => Path.IsPathRooted(input.Path) ? SafePath.Below(Path.Combine(Root, "inputs"), input.Channel) : SafePath.Below(Work, input.Path);

    /// <summary>The folder of a kind of output.</summary>
    public string Of(FileKind kind) => kind switch
    {
        FileKind.Model => Model,
        FileKind.Artifacts => Artifacts,
        FileKind.Checkpoint => Checkpoint,
        FileKind.Tensorboard => Tensorboard,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public void Dispose()
    {
        held.Dispose();
        Remove(Root);
    }

    private static string Attempts(string dataFolder) => Path.Combine(dataFolder, "attempts");

    private static string LockOf(string root) => Path.Combine(root, ".lock");

    /// <summary>Removes a folder as well as it can be: read-only folders of inputs are made writable first; what cannot be removed is left for the next start.</summary>
    public static void Remove(string root)
    {
        if (!Directory.Exists(root))
            return;
        try
        {
            var below = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
            foreach (var folder in Directory.EnumerateDirectories(root, "*", below))
                File.SetUnixFileMode(folder, Private);
            Directory.Delete(root, recursive: true);
        }
        catch (Exception stuck) when (stuck is IOException or UnauthorizedAccessException)
        {
            // A process that cannot be killed may still write there.
        }
    }

    private string Below(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
}
