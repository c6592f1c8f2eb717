namespace Serverless.Agent.Output;

/// <summary>
/// Cuts bytes into lines. A carriage return ends a segment too, as a progress bar uses it: metrics are looked for in every segment; the line itself, which is
/// what remains to be read on a terminal, is its last segment that is not empty. Beyond the limit a line's bytes are passed over.
/// </summary>
internal sealed class LineSplitter(int limit, Action<ReadOnlySpan<byte>> onSegment, Action<ReadOnlySpan<byte>> onLine)
{
    private readonly byte[] current = new byte[limit];
    private readonly byte[] last = new byte[limit];
    private int length;
    private int lastLength;

    public void Accept(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            Append(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
                return;
            EndSegment();
            if (bytes[end] == (byte)'\n')
                EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>The output ended; what is left is a line.</summary>
    public void End()
    {
        EndSegment();
        if (lastLength > 0)
            EndLine();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        var room = Math.Min(bytes.Length, limit - length);
        bytes[..room].CopyTo(current.AsSpan(length));
        length += room;
    }

    private void EndSegment()
    {
        if (length == 0)
            return;
        onSegment(current.AsSpan(0, length));
        current.AsSpan(0, length).CopyTo(last);
        lastLength = length;
        length = 0;
    }

    private void EndLine()
    {
        onLine(last.AsSpan(0, lastLength));
        lastLength = 0;
    }
}
