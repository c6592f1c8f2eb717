using System.Text;

namespace Serverless.Infra.Local.Compute;

/// <summary>Keeps the beginning of an agent's output in a file. What is over the bound is read and dropped, so that the agent never waits for us.</summary>
internal sealed class NodeLog(string path, int maxBytes)
{
    private static readonly byte[] Cut = Encoding.UTF8.GetBytes("\n(The log's limit is reached; what follows is dropped.)\n");
    private readonly Lock gate = new();
    private int left = maxBytes;
    private int open;
    private FileStream? file;

    /// <summary>Copies streams until they end.</summary>
    /// <returns>Ends when the agent, and whoever else holds its output, is gone.</returns>
    public Task FollowAsync(params Stream[] outputs)
    {
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        open = outputs.Length;
        return Task.WhenAll(outputs.Select(CopyAsync));
    }

    /// <summary>The last lines of a log, for a message; empty when there is none.</summary>
    public static string Tail(string path, int lines)
    {
        try
        {
            return string.Join(" | ", File.ReadLines(path).TakeLast(lines));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Removes all but the newest logs.</summary>
    public static void Prune(string folder, int keep)
    {
        foreach (var old in new DirectoryInfo(folder).GetFiles("*.log").OrderByDescending(log => log.Name, StringComparer.Ordinal).Skip(keep))
            old.Delete();
    }

    private async Task CopyAsync(Stream output)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await output.ReadAsync(buffer)) > 0)
                Write(buffer.AsSpan(0, read));
        }
        catch (IOException)
        {
            // The pipe broke, or the disk is full: a log is not worth a node.
        }
        finally
        {
            if (Interlocked.Decrement(ref open) == 0)
                file?.Dispose();
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (left <= 0)
                return;
            file!.Write(bytes[..Math.Min(left, bytes.Length)]);
            left -= bytes.Length;
            if (left <= 0)
                file.Write(Cut);
        }
    }
}
