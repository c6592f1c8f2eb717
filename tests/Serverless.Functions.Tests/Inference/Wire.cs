using System.Text;

namespace Serverless.Functions.Tests.Inference;

/// <summary>Writes protobuf fields by hand, for the files that no proper writer writes.</summary>
internal static class Wire
{
    public static byte[] Join(params IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];

    public static byte[] Number(int field, ulong value) => [.. Varint(((ulong)field << 3) | 0), .. Varint(value)];

    public static byte[] Bytes(int field, byte[] value) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)value.Length), .. value];

    public static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    /// <summary>A model with this graph, of opset 17.</summary>
    public static byte[] Model(params IEnumerable<byte[]> graph) =>
        Join(Number(1, 8), Bytes(7, Join([.. graph, Text(2, "g"), Value(11, "x"), Value(12, "y")])), Bytes(8, Number(2, 17)));

    /// <summary>A model that gives x back, and has more in its graph.</summary>
    public static byte[] EchoWith(params IEnumerable<byte[]> more) => Model([Node("Identity", "x", "y"), .. more]);

    /// <summary>A node of a graph.</summary>
    public static byte[] Node(string operatorName, string input, string output, params IEnumerable<byte[]> more) =>
        Bytes(1, Join([Text(1, input), Text(2, output), Text(4, operatorName), .. more]));

    /// <summary>An attribute of a node.</summary>
    public static byte[] Attribute(string name, ulong type, byte[] value) => Bytes(5, Join(Text(1, name), value, Number(20, type)));

    /// <summary>A tensor of floats.</summary>
    public static byte[] Tensor(string name, ulong[] dims, byte[]? raw, params IEnumerable<byte[]> more) =>
        Join([.. dims.Select(size => Number(1, size)), Number(2, 1), Text(8, name), raw is null ? [] : Bytes(9, raw), .. more]);

    /// <summary>A tensor whose data lies in another file.</summary>
    public static byte[] External(string location) =>
        Tensor("w", [1], null, Bytes(13, Join(Text(1, "location"), Text(2, location))), Number(14, 1));

    private static byte[] Value(int field, string name) =>
        Bytes(field, Join(Text(1, name), Bytes(2, Bytes(1, Join(Number(1, 1), Bytes(2, Bytes(1, Number(1, 1))))))));
}
