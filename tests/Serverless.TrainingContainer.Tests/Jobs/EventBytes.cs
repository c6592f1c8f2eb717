using System.Text;

namespace Serverless.TrainingContainer.Tests.Jobs;

/// <summary>Event files as other programs write them, put together byte by byte from the published formats (record_writer.cc, event.proto, summary.proto, tensor.proto) and not by our writer.</summary>
internal static class EventBytes
{
    public const double Wall = 1_767_323_045.5;

    public static byte[] Record(params byte[][] parts)
    {
        byte[] data = [.. parts.SelectMany(part => part)];
        var head = BitConverter.GetBytes((ulong)data.Length);
        return [.. head, .. BitConverter.GetBytes(Masked(head)), .. data, .. BitConverter.GetBytes(Masked(data))];
    }

    /// <summary>The first record of a file.</summary>
    public static byte[] Version(double wall = Wall) => Record(Fixed64(1, wall), Text(3, "brain.Event:2"));

    /// <summary>PyTorch's add_scalar, TensorFlow 1.</summary>
    public static byte[] Simple(string tag, float value, long step, double wall = Wall) =>
        Record(Fixed64(1, wall), Number(2, (ulong)step), Bytes(5, Bytes(1, [.. Text(1, tag), .. Fixed32(2, value)])));

    /// <summary>TensorFlow 2's tf.summary.scalar, Keras' callback.</summary>
    public static byte[] Tensor(string tag, byte[] tensor, long step, string? plugin = "scalars", double wall = Wall) =>
        Record(Fixed64(1, wall), Number(2, (ulong)step), Bytes(5, Bytes(1, [.. Text(1, tag), .. Bytes(8, tensor), .. plugin is null ? [] : Bytes(9, Bytes(1, Text(1, plugin)))])));

    /// <summary>SummaryWriter(purge_step=N).</summary>
    public static byte[] SessionStart(long step) => Record(Fixed64(1, Wall), Number(2, (ulong)step), Bytes(7, Number(1, 1)));

    public static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    public static byte[] Fixed64(int field, double value) => [.. Varint((ulong)field << 3 | 1), .. BitConverter.GetBytes(value)];

    public static byte[] Fixed32(int field, float value) => [.. Varint((ulong)field << 3 | 5), .. BitConverter.GetBytes(value)];

    public static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public static byte[] Bytes(int field, byte[] value) => [.. Varint((ulong)field << 3 | 2), .. Varint((ulong)value.Length), .. value];

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = EventFileReader.Crc(data);
        return (crc >> 15 | crc << 17) + 0xa282ead8;
    }
}
