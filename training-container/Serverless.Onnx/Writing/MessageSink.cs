using Google.Protobuf;

namespace Serverless.Onnx.Writing;

/// <summary>
/// Takes a protobuf message field by field, twice: the first time it measures, the second time it writes. The sizes of nested messages are kept in the order in which
/// they open, so that writing needs no buffers and weights are copied once. Fields at their default are left out; the same message gives the same bytes.
/// </summary>
internal sealed class MessageSink
{
    private readonly List<int> sizes = [];
    private CodedOutputStream? output;
    private long measured;
    private int next;

    /// <summary>Writes a message to a stream.</summary>
    /// <exception cref="InvalidOperationException">It would have more than 2 GiB, which protobuf does not allow.</exception>
    public static void Write(Stream target, Action<MessageSink> message)
    {
        var sink = new MessageSink();
        message(sink);
        if (sink.measured > int.MaxValue)
            throw new InvalidOperationException($"The model would have {sink.measured} bytes; an ONNX file can have {int.MaxValue}. Use fewer or smaller weights (16-bit floating point halves them).");
        using var coded = new CodedOutputStream(target, 64 * 1024, leaveOpen: true);
        sink.output = coded;
        message(sink);
    }

    public void Message(int field, Action<MessageSink> message)
    {
        if (output is null)
        {
            var at = sizes.Count;
            sizes.Add(0);
            var before = measured;
            message(this);
            var size = (int)Math.Min(measured - before, int.MaxValue);
            sizes[at] = size;
            measured += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeLengthSize(size);
            return;
        }

        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteLength(sizes[next++]);
        message(this);
    }

    public void Messages<T>(int field, IReadOnlyList<T> items, Action<MessageSink, T> write)
    {
        foreach (var item in items)
            Message(field, sink => write(sink, item));
    }

    public void Int(int field, long value, bool always = false)
    {
        if (value == 0 && !always)
            return;
        if (output is null)
            measured += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeInt64Size(value);
        else
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
        }
    }

    public void Float(int field, float value)
    {
        if (output is null)
            measured += CodedOutputStream.ComputeTagSize(field) + 4;
        else
        {
            output.WriteTag(field, WireFormat.WireType.Fixed32);
            output.WriteFloat(value);
        }
    }

    public void Text(int field, string value, bool always = false)
    {
        if (value.Length == 0 && !always)
            return;
        if (output is null)
            measured += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeStringSize(value);
        else
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteString(value);
        }
    }

    public void Texts(int field, IReadOnlyList<string> values)
    {
        foreach (var value in values)
            Text(field, value, always: true);
    }

    public void Bytes(int field, ReadOnlyMemory<byte> value)
    {
        if (output is null)
            measured += CodedOutputStream.ComputeTagSize(field) + CodedOutputStream.ComputeLengthSize(value.Length) + value.Length;
        else
        {
            output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
        }
    }
}
