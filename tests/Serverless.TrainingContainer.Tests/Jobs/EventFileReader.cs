using System.Buffers.Binary;
using System.Text;

namespace Serverless.TrainingContainer.Tests.Jobs;

/// <summary>A reader of event files, written from the published format and not from our writer: plain checksum arithmetic, fields by number.</summary>
internal static class EventFileReader
{
    /// <summary>The data of every record; throws when a length or a checksum is wrong.</summary>
    public static List<byte[]> Records(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var records = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var head = bytes.AsSpan(at, 8);
            Assert.Equal(Unmask(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8))), Crc(head));
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(head);
            var data = bytes.AsSpan(at + 12, length).ToArray();
            Assert.Equal(Unmask(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length))), Crc(data));
            records.Add(data);
            at += 16 + length;
        }

        return records;
    }

    /// <summary>The fields of a message: numbers and fixed 32 or 64 bits as raw bits, else bytes.</summary>
    public static ILookup<int, object> Fields(byte[] message)
    {
        var fields = new List<(int Field, object Value)>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            object value;
            switch (tag & 7)
            {
                case 0: value = Varint(message, ref at); break;
                case 1: value = BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(at)); at += 8; break;
                case 5: value = BinaryPrimitives.ReadUInt32LittleEndian(message.AsSpan(at)); at += 4; break;
                default:
                    var length = (int)Varint(message, ref at);
                    value = message.AsSpan(at, length).ToArray();
                    at += length;
                    break;
            }

            fields.Add(((int)(tag >> 3), value));
        }

        return fields.ToLookup(pair => pair.Field, pair => pair.Value);
    }

    public static double Double(object bits) => BitConverter.UInt64BitsToDouble((ulong)bits);

    public static float Float(object bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    public static string Text(object bytes) => Encoding.UTF8.GetString((byte[])bytes);

    public static double[] Doubles(object bytes) => [.. ((byte[])bytes).Chunk(8).Select(chunk => BinaryPrimitives.ReadDoubleLittleEndian(chunk))];

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            value |= (ulong)(message[at] & 0x7f) << shift;
            if ((message[at++] & 0x80) == 0)
                return value;
        }
    }

    private static uint Unmask(uint masked) => masked - 0xa282ead8 is var rotated ? rotated << 15 | rotated >> 17 : 0;

    /// <summary>Bit by bit, with the reflected polynomial 0x82f63b78.</summary>
    public static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x82f63b78;
        }

        return ~crc;
    }
}
