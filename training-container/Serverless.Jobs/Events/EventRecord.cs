using System.Buffers.Binary;

namespace Serverless.Jobs.Events;

/// <summary>The frame of a record in TensorFlow's record files: length (64 bits, little-endian), its masked checksum, the data, its masked checksum.</summary>
internal static class EventRecord
{
    private const int HeadBytes = sizeof(ulong) + sizeof(uint);

    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        var record = new byte[HeadBytes + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(ulong)), Crc32C.Masked(record.AsSpan(0, sizeof(ulong))));
        data.CopyTo(record.AsSpan(HeadBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(HeadBytes + data.Length), Crc32C.Masked(data));
        return record;
    }
}
