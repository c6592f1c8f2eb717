using System.Buffers.Binary;
using System.Text;

namespace Serverless.FunctionsHost.Tests.Triggers;

/// <summary>A message as AMQP 1.0 writes it: header, annotations, properties, application properties, data. Source: OASIS AMQP 1.0, part 1 section 1.6 (types), part 3 section 3.2 (sections).</summary>
internal sealed class AmqpBytes
{
    private readonly MemoryStream bytes = new();

    /// <summary>The header: how often it was delivered before.</summary>
    public AmqpBytes Header(uint deliveryCount) => Section(0x70, list => list.Null().Null().Null().Null().UInt(deliveryCount), 5);

    /// <summary>What the broker notes: a map of symbols.</summary>
    public AmqpBytes Annotations(long sequenceNumber, DateTimeOffset enqueued, DateTimeOffset lockedUntil) => Map(0x72, map => map
        .Symbol("x-opt-sequence-number").Long(sequenceNumber)
        .Symbol("x-opt-enqueued-time").Timestamp(enqueued)
        .Symbol("x-opt-locked-until").Timestamp(lockedUntil), 6);

    /// <summary>What the sender says of it: id and session.</summary>
    public AmqpBytes Properties(string messageId, string? sessionId) => Section(0x73, list =>
    {
        list.String(messageId).Null().Null().Null().Null().Null().Null().Null().Null().Null();
        _ = sessionId is null ? list.Null() : list.String(sessionId);
    }, 11);

    /// <summary>What the application says of it.</summary>
    public AmqpBytes Application(IReadOnlyDictionary<string, string> properties) => Map(0x74, map =>
    {
        foreach (var (name, value) in properties)
            map.String(name).String(value);
    }, properties.Count * 2);

    /// <summary>The body.</summary>
    public AmqpBytes Data(byte[] body)
    {
        Raw([0x00, 0x53, 0x75, 0xb0]).Size(body.Length);
        return Raw(body);
    }

    /// <summary>All of it.</summary>
    public byte[] ToArray() => bytes.ToArray();

    private AmqpBytes Section(byte descriptor, Action<AmqpBytes> write, int count) => Compound(descriptor, 0xd0, write, count);

    private AmqpBytes Map(byte descriptor, Action<AmqpBytes> write, int count) => Compound(descriptor, 0xd1, write, count);

    private AmqpBytes Compound(byte descriptor, byte constructor, Action<AmqpBytes> write, int count)
    {
        var inner = new AmqpBytes();
        write(inner);
        var content = inner.ToArray();
        return Raw([0x00, 0x53, descriptor, constructor]).Size(content.Length + sizeof(int)).Size(count).Raw(content);
    }

    private AmqpBytes Null() => Raw([0x40]);

    private AmqpBytes UInt(uint value)
    {
        Raw([0x70]);
        return Size((int)value);
    }

    private AmqpBytes Long(long value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, value);
        return Raw([0x81]).Raw(eight);
    }

    private AmqpBytes Timestamp(DateTimeOffset value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(eight, value.ToUnixTimeMilliseconds());
        return Raw([0x83]).Raw(eight);
    }

    private AmqpBytes String(string value) => Text(0xb1, Encoding.UTF8.GetBytes(value));

    private AmqpBytes Symbol(string value) => Text(0xb3, Encoding.ASCII.GetBytes(value));

    private AmqpBytes Text(byte constructor, byte[] value) => Raw([constructor]).Size(value.Length).Raw(value);

    private AmqpBytes Size(int value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, value);
        return Raw(four);
    }

    private AmqpBytes Raw(ReadOnlySpan<byte> value)
    {
        bytes.Write(value);
        return this;
    }
}
