using System.Globalization;

namespace Serverless.Local.Running;

/// <summary>Sees that a data folder has one host. The system lets go of the lock when the process ends, however it ends.</summary>
internal sealed class HostLock : IDisposable
{
    private readonly FileStream file;

    private HostLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or says who has it.</summary>
    public static (HostLock? Lock, string? Holder) Take(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Named(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return (new HostLock(file), null);
        }
        catch (IOException) when (File.Exists(path))
        {
            return (null, Holder(path));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    /// <summary>A file of its own, since a locked one cannot be read.</summary>
    private static string Named(string path) => path + ".pid";

    private static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(Named(path)) is { Length: > 0 } text ? text : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
