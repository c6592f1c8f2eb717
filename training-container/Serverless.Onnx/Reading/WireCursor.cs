using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using Serverless.Onnx.Findings;

namespace Serverless.Onnx.Reading;

/// <summary>
/// Reads the fields of one protobuf message. Every length is held against what is there, nothing is copied but text, and weights stay slices of the file: that is why it
/// is ours and not Google.Protobuf's reader, which copies them. Unknown fields are passed over.
/// </summary>
internal ref struct WireCursor(ReadOnlyMemory<byte> memory, ReadBudget budget, string place)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> span = memory.Span;
    private int at;

    /// <summary>The number of the field that <see cref="Next"/> found.</summary>
    public int Field { get; private set; }

    public WireFormat.WireType Wire { get; private set; }

    /// <summary>Goes to the next field; the one before must have been read or skipped.</summary>
    public bool Next()
    {
        if (at == span.Length)
            return false;
        budget.Field(place);
        var tag = Varint();
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Wire = (WireFormat.WireType)(tag & 7);
        if (Field == 0)
            throw Broken("a field has the number 0");
        return true;
    }

    public long Int()
    {
        Want(WireFormat.WireType.Varint);
        return (long)Varint();
    }

    public float Float()
    {
        Want(WireFormat.WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4).Span);
    }

    public ReadOnlyMemory<byte> Bytes()
    {
        Want(WireFormat.WireType.LengthDelimited);
        var length = Varint();
        return length <= (ulong)(span.Length - at) ? Take((int)length) : throw Broken($"a field says that it has {length} bytes, and {span.Length - at} are left");
    }

    public string Text()
    {
        var bytes = Bytes();
        try
        {
            return Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            throw Broken("a name or text is not UTF-8");
        }
    }

    /// <summary>Adds one number, or several that are packed.</summary>
    public void Ints(List<long> target)
    {
        if (Wire == WireFormat.WireType.Varint)
        {
            target.Add((long)Varint());
            return;
        }

        var packed = new WireCursor(Bytes(), budget, place);
        while (packed.at < packed.span.Length)
        {
            budget.Field(place);
            target.Add((long)packed.Varint());
        }
    }

    /// <summary>Adds one number of a fixed width, or several that are packed, to raw bytes.</summary>
    public void Fixed(List<ReadOnlyMemory<byte>> target, int width)
    {
        if (Wire != WireFormat.WireType.LengthDelimited)
        {
            Want(width == 4 ? WireFormat.WireType.Fixed32 : WireFormat.WireType.Fixed64);
            target.Add(Take(width));
            return;
        }

        var packed = Bytes();
        if (packed.Length % width != 0)
            throw Broken($"a list of numbers of {width} bytes has {packed.Length} bytes");
        target.Add(packed);
    }

    /// <summary>Passes over the field.</summary>
    public void Skip()
    {
        switch (Wire)
        {
            case WireFormat.WireType.Varint:
                Varint();
                break;
            case WireFormat.WireType.Fixed32:
                Take(4);
                break;
            case WireFormat.WireType.Fixed64:
                Take(8);
                break;
            case WireFormat.WireType.LengthDelimited:
                Bytes();
                break;
            default:
                throw Broken($"a field has the wire type {(int)Wire}");
        }
    }

    private readonly void Want(WireFormat.WireType wanted)
    {
        if (Wire != wanted)
            throw Broken($"field {Field} is stored as {Wire}; ONNX stores it as {wanted}");
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > span.Length - at)
            throw Broken($"the file ends in the middle of a field");
        at += count;
        return memory.Slice(at - count, count);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (at == span.Length)
                throw Broken("the file ends in the middle of a number");
            var part = span[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }

        throw Broken("a number has more than 64 bits");
    }

    private readonly MalformedModelException Broken(string what) =>
        new(OnnxFindingCode.Malformed, place, what, "The file is cut off, damaged, or no ONNX model. Export it again, and compare its hash after copying.");
}
