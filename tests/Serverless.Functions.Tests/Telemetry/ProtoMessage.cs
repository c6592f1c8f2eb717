using System.Buffers.Binary;
using System.Text;

namespace Serverless.Functions.Tests.Telemetry;

/// <summary>A protobuf message as fields by number: enough to read what OTLP sends.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, ulong Value, byte[]? Bytes)> fields = [];

    public static ProtoMessage Parse(ReadOnlySpan<byte> bytes)
    {
        var message = new ProtoMessage();
        while (!bytes.IsEmpty)
        {
            var tag = Varint(ref bytes);
            var (number, kind) = ((int)(tag >> 3), (int)(tag & 7));
            switch (kind)
            {
                case 0:
                    message.fields.Add((number, Varint(ref bytes), null));
                    break;
                case 1:
                    message.fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(bytes), null));
                    bytes = bytes[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref bytes);
                    message.fields.Add((number, 0, bytes[..length].ToArray()));
                    bytes = bytes[length..];
                    break;
                case 5:
                    message.fields.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(bytes), null));
                    bytes = bytes[4..];
                    break;
                default:
                    throw new InvalidDataException($"Wire type {kind}.");
            }
        }

        return message;
    }

    public IEnumerable<ProtoMessage> All(int number) => fields.Where(field => field.Number == number && field.Bytes is not null).Select(field => Parse(field.Bytes));

    public ProtoMessage? One(int number) => All(number).FirstOrDefault();

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    public ulong Number(int number) => fields.LastOrDefault(field => field.Number == number).Value;

    public bool Has(int number) => fields.Any(field => field.Number == number);

    /// <summary>The attributes under a field: KeyValue messages.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int number) => All(number).ToDictionary(pair => pair.Text(1), pair => Value(pair.One(2)), StringComparer.Ordinal);

    private static string Value(ProtoMessage? any) =>
        any is null ? "" : any.Has(1) ? any.Text(1) : any.Has(2) ? (any.Number(2) == 1 ? "true" : "false") : any.Has(4) ? BitConverter.UInt64BitsToDouble(any.Number(4)).ToString("R") : any.Number(3).ToString();

    private byte[] Bytes(int number) => fields.LastOrDefault(field => field.Number == number).Bytes ?? [];

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
