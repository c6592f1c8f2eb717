namespace Serverless.Agent.Output;

/// <summary>
/// The attempt's log on the node's disk, from which it is sent. So a host that is away neither blocks the program nor fills memory. Beyond the limit, and when the
/// disk is full, bytes are counted and dropped.
/// </summary>
internal sealed class LogSpool : IDisposable
{
    private readonly FileStream file;
    private readonly long limit;
    private readonly Lock gate = new();
    private long length;

    public LogSpool(string path, long limit)
    {
        this.limit = limit;
        file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
    }

    public long Length => Interlocked.Read(ref length);

    /// <summary>Bytes that were dropped.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes bytes of the program.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            var room = (int)Math.Clamp(limit - length, 0, bytes.Length);
            Dropped += bytes.Length - Write(bytes[..room]);
        }
    }

    /// <summary>Adds a line of the agent's own; there is always room for it.</summary>
    public void Note(string text)
    {
        lock (gate)
            Write(System.Text.Encoding.UTF8.GetBytes($"[serverless] {text}\n"));
    }

    /// <summary>Reads from an offset.</summary>
    public int Read(long offset, Span<byte> buffer) => RandomAccess.Read(file.SafeFileHandle, buffer, offset);

    public void Dispose() => file.Dispose();

    private int Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return 0;
        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes, length);
            Interlocked.Add(ref length, bytes.Length);
            return bytes.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
