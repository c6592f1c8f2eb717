using System.Buffers.Binary;
using System.Text;

namespace Serverless.Jobs.Events;

/// <summary>Writes a protobuf message field by field (protobuf's encoding guide); no more than event files need.</summary>
internal sealed class MessageBytes
{
    private const int VarintKind = 0;
    private const int Fixed64Kind = 1;
    private const int BytesKind = 2;
    private const int Fixed32Kind = 5;
    private readonly MemoryStream stream = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Written => stream.GetBuffer().AsSpan(0, (int)stream.Length);

    public MessageBytes Number(int field, long value)
    {
        Tag(field, VarintKind);
        Varint((ulong)value);
        return this;
    }

    public MessageBytes Double(int field, double value)
    {
        Tag(field, Fixed64Kind);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        stream.Write(bytes);
        return this;
    }

    public MessageBytes Float(int field, float value)
    {
        Tag(field, Fixed32Kind);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        stream.Write(bytes);
        return this;
    }

    public MessageBytes Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public MessageBytes Message(int field, MessageBytes message) => Bytes(field, message.Written);

    /// <summary>A packed list.</summary>
    public MessageBytes Doubles(int field, IReadOnlyList<double> values)
    {
        var packed = new byte[values.Count * sizeof(double)];
        for (var i = 0; i < values.Count; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(packed.AsSpan(i * sizeof(double)), values[i]);
        return Bytes(field, packed);
    }

    private MessageBytes Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, BytesKind);
        Varint((ulong)bytes.Length);
        stream.Write(bytes);
        return this;
    }

    private void Tag(int field, int kind) => Varint((ulong)(field << 3 | kind));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
