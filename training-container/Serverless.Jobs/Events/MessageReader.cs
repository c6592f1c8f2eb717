using System.Buffers.Binary;

namespace Serverless.Jobs.Events;

/// <summary>Reads a protobuf message field by field (protobuf's encoding guide). What is not well-formed ends it, and <see cref="Broken"/> says so.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> message)
{
    private const int TagBits = 3;
    private ReadOnlySpan<byte> rest = message;

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>How it is encoded: 0 a number, 1 and 5 fixed 64 and 32 bits, 2 bytes.</summary>
    public int Kind { get; private set; }

    /// <summary>A number, or the fixed bits.</summary>
    public ulong Bits { get; private set; }

    /// <summary>The bytes of a text, a message or a packed list.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether the message ended in the middle of a field, or has what protobuf has not.</summary>
    public bool Broken { get; private set; }

    public readonly double AsDouble => BitConverter.UInt64BitsToDouble(Bits);

    public readonly float AsFloat => BitConverter.UInt32BitsToSingle((uint)Bits);

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (rest.IsEmpty || Broken)
            return false;
        if (!TryVarint(ref rest, out var tag))
            return Break();
        Field = (int)(tag >> TagBits);
        Kind = (int)(tag & ((1 << TagBits) - 1));
        Bits = 0;
        Bytes = default;
        switch (Kind)
        {
            case 0 when TryVarint(ref rest, out var number):
                Bits = number;
                return true;
            case 1 when rest.Length >= sizeof(ulong):
                Bits = BinaryPrimitives.ReadUInt64LittleEndian(rest);
                rest = rest[sizeof(ulong)..];
                return true;
            case 5 when rest.Length >= sizeof(uint):
                Bits = BinaryPrimitives.ReadUInt32LittleEndian(rest);
                rest = rest[sizeof(uint)..];
                return true;
            case 2 when TryVarint(ref rest, out var length) && length <= (ulong)rest.Length:
                Bytes = rest[..(int)length];
                rest = rest[(int)length..];
                return true;
            default:
                return Break();
        }
    }

    /// <summary>A number of seven bits a byte, the lowest first.</summary>
    public static bool TryVarint(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length && i < 10; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) != 0)
                continue;
            bytes = bytes[(i + 1)..];
            return true;
        }

        return false;
    }

    private bool Break()
    {
        Broken = true;
        return false;
    }
}
