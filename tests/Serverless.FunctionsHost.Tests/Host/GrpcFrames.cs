using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace Serverless.FunctionsHost.Tests.Host;

/// <summary>
/// Messages as gRPC puts them into an HTTP/2 body: a byte that says whether they are compressed (never here), the length in four bytes, big-endian, and the message.
/// Source: "gRPC over HTTP2", Length-Prefixed-Message.
/// </summary>
internal static class GrpcFrames
{
    /// <summary>The content type of a call and its answer.</summary>
    public const string ContentType = "application/grpc";

    private const int PrefixBytes = 5;

    /// <summary>A worker's message is at most this long: its answers are small.</summary>
    private const int LimitBytes = 16 * 1024 * 1024;

    /// <summary>The next message, or null after the last.</summary>
    /// <exception cref="InvalidDataException">It is compressed, longer than the limit, or broken off.</exception>
    public static async Task<T?> ReadAsync<T>(PipeReader body, MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        while (true)
        {
            var read = await body.ReadAsync(cancel);
            var buffer = read.Buffer;
            if (TryTake(ref buffer, out var message))
            {
                var parsed = parser.ParseFrom(message);
                body.AdvanceTo(buffer.Start);
                return parsed;
            }

            body.AdvanceTo(buffer.Start, buffer.End);
            if (!read.IsCompleted)
                continue;
            return buffer.IsEmpty ? null : throw new InvalidDataException($"The body ends in the middle of a message, after {buffer.Length} bytes of it.");
        }
    }

    /// <summary>Writes a message and sends it off.</summary>
    public static async Task WriteAsync(PipeWriter body, IMessage message, CancellationToken cancel)
    {
        var size = message.CalculateSize();
        var prefix = body.GetSpan(PrefixBytes);
        prefix[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(prefix[1..], size);
        body.Advance(PrefixBytes);
        message.WriteTo(body);
        await body.FlushAsync(cancel);
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> message)
    {
        message = default;
        if (buffer.Length < PrefixBytes)
            return false;
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        var size = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (prefix[0] != 0 || size > LimitBytes)
            throw new InvalidDataException($"A message is compressed ({prefix[0]}) or has {size} bytes; at most {LimitBytes} plain ones are taken.");
        if (buffer.Length < PrefixBytes + size)
            return false;
        message = buffer.Slice(PrefixBytes, size);
        buffer = buffer.Slice(PrefixBytes + size);
        return true;
    }
}
