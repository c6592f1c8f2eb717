namespace Serverless.Training.Images.Png;

/// <summary>Parts of a file as one stream that is read forwards.</summary>
internal sealed class JoinedParts(IReadOnlyList<ReadOnlyMemory<byte>> parts) : Stream
{
    private int part;
    private int at;
    private long read;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => parts.Sum(each => (long)each.Length);

    /// <inheritdoc/>
    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (part < parts.Count && at == parts[part].Length)
            (part, at) = (part + 1, 0);
        if (part == parts.Count)
            return 0;
        var taken = Math.Min(buffer.Length, parts[part].Length - at);
        parts[part].Span.Slice(at, taken).CopyTo(buffer);
        (at, read) = (at + taken, read + taken);
        return taken;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
