using System.Buffers.Binary;

namespace Serverless.Jobs.Events;

/// <summary>The frame of a record in TensorFlow's record files: length (64 bits, little-endian), its masked checksum, the data, its masked checksum.</summary>
internal static class EventRecord
{
    /// <summary>The bytes before the data.</summary>
    public const int HeadBytes = sizeof(ulong) + sizeof(uint);

    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        var record = new byte[HeadBytes + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), Crc32C.Masked(record.AsSpan(0, sizeof(ulong))));
        data.CopyTo(record.AsSpan(HeadBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeadBytes + data.Length), Crc32C.Masked(data));
        return record;
    }

    /// <summary>The whole record's length by its head; null when the head's checksum is wrong, or it says what no file holds.</summary>
    /// <param name="head">At least <see cref="HeadBytes"/> bytes.</param>
    public static long? LengthOf(ReadOnlySpan<byte> head)
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(head);
        return BinaryPrimitives.ReadUInt32LittleEndian(head[sizeof(ulong)..]) == Crc32C.Masked(head[..sizeof(ulong)]) && length <= long.MaxValue / 2
            ? (long)length + HeadBytes + sizeof(uint)
            : null;
    }
}
