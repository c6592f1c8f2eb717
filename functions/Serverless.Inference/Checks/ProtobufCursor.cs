using System.Buffers.Binary;

namespace Serverless.Inference.Checks;

/// <summary>Walks the fields of a protobuf message (wire format as published) without building anything. A malformed message ends the walk and says so.</summary>
internal ref struct ProtobufCursor(ReadOnlySpan<byte> message)
{
    private const int VarintType = 0;
    private const int Fixed64Type = 1;
    private const int BytesType = 2;
    private const int Fixed32Type = 5;
    private ReadOnlySpan<byte> rest = message;

    /// <summary>The field's number.</summary>
    public int Field { get; private set; }

    /// <summary>Whether the field is length-delimited: a message, text, bytes or packed numbers.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>The field's value when it is a number.</summary>
    public ulong Number { get; private set; }

    /// <summary>The field's value when it is length-delimited.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether the message is cut off or malformed.</summary>
    public bool Broken { get; private set; }

    /// <summary>Goes to the next field; false at the end or where the message is broken.</summary>
    public bool Next()
    {
        if (rest.IsEmpty || Broken)
            return false;
        if (!TryVarint(out var tag) || tag >> 3 is 0 or > 536_870_911)
            return Break();
        Field = (int)(tag >> 3);
        IsBytes = false;
        Bytes = default;
        return (tag & 7) switch
        {
            VarintType => TryVarint(out var number) ? Take(number) : Break(),
            Fixed64Type => rest.Length >= 8 ? Take(BinaryPrimitives.ReadUInt64LittleEndian(rest), 8) : Break(),
            Fixed32Type => rest.Length >= 4 ? Take(BinaryPrimitives.ReadUInt32LittleEndian(rest), 4) : Break(),
            BytesType => TryVarint(out var length) && length <= (ulong)rest.Length ? TakeBytes((int)length) : Break(),
            _ => Break(),
        };
    }

    /// <summary>Reads one number of packed numbers off their front.</summary>
    public static bool TryTakeVarint(ref ReadOnlySpan<byte> packed, out ulong value)
    {
        value = 0;
        for (var i = 0; i < 10 && i < packed.Length; i++)
        {
            value |= (ulong)(packed[i] & 0x7f) << (7 * i);
            if (packed[i] < 0x80)
            {
                packed = packed[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TryVarint(out ulong value) => TryTakeVarint(ref rest, out value);

    private bool Take(ulong number, int size = 0)
    {
        Number = number;
        rest = rest[size..];
        return true;
    }

    private bool TakeBytes(int length)
    {
        IsBytes = true;
        Number = 0;
        Bytes = rest[..length];
        rest = rest[length..];
        return true;
    }

    private bool Break()
    {
        Broken = true;
        return false;
    }
}
