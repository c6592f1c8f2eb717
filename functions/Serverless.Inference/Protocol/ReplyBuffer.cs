using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace Serverless.Inference.Protocol;

/// <summary>Memory to write an answer in, kept from call to call. Only the finished answer is new memory, because it outlives the call.</summary>
internal sealed class ReplyBuffer
{
    private const int KeptBytes = 1 << 20;
    private const int KeptBuffers = 64;
    private static readonly ConcurrentBag<ReplyBuffer> Spare = [];
    private readonly ArrayBufferWriter<byte> bytes = new(4096);
    private readonly Utf8JsonWriter json;

    private ReplyBuffer() => json = new Utf8JsonWriter(bytes, new JsonWriterOptions { SkipValidation = true });

    /// <summary>Where bytes are written.</summary>
    public IBufferWriter<byte> Bytes => bytes;

    /// <summary>Bytes written.</summary>
    public int Length => bytes.WrittenCount;

    /// <summary>A buffer; <see cref="Return"/> gives it back.</summary>
    public static ReplyBuffer Rent() => Spare.TryTake(out var buffer) ? buffer : new ReplyBuffer();

    /// <summary>A writer of JSON at the buffer's end.</summary>
    public Utf8JsonWriter Json()
    {
        json.Reset(bytes);
        return json;
    }

    /// <summary>The bytes written, as memory of their own.</summary>
    public byte[] ToArray() => bytes.WrittenSpan.ToArray();

    /// <summary>Gives the buffer back for the next answer.</summary>
    public void Return()
    {
        bytes.ResetWrittenCount();
        if (bytes.Capacity <= KeptBytes && Spare.Count < KeptBuffers)
            Spare.Add(this);
    }
}
