namespace Serverless.Conformance.Artifacts;

/// <summary>A stream that gives some bytes and then breaks off, as a cut connection does.</summary>
/// <param name="bytes">How many it gives.</param>
/// <param name="atBreak">What happens there instead of an <see cref="IOException"/>; the stream then goes on for ever.</param>
public sealed class BrokenStream(long bytes, Action? atBreak = null) : Stream
{
    private long left = bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (left <= 0 && atBreak is null)
            throw new IOException("The connection was cut.");
        if (left <= 0)
            atBreak!();
        var given = (int)Math.Min(count, left > 0 ? left : count);
        buffer.AsSpan(offset, given).Fill((byte)'x');
        left -= given;
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
