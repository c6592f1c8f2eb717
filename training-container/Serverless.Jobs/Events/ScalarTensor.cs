using System.Buffers.Binary;
using System.Globalization;

namespace Serverless.Jobs.Events;

/// <summary>A tensor of one number (tensor.proto, types.proto), whether it stands in <c>tensor_content</c> or in the list of its type.</summary>
internal static class ScalarTensor
{
    private const int Type = 1, Shape = 2, Content = 4;
    private const int Float = 1, Double = 2, Int32 = 3, UInt8 = 4, Int16 = 5, Int8 = 6, Int64 = 9, Bool = 10, BFloat16 = 14, UInt16 = 17, Float16 = 19, UInt32 = 22, UInt64 = 23;

    /// <summary>The number; null when there is not exactly one.</summary>
    public static double? Read(ReadOnlySpan<byte> tensor)
    {
        var (type, elements) = (0, 1L);
        ReadOnlySpan<byte> content = default;
        var (listed, count) = (0UL, 0);
        var fields = new MessageReader(tensor);
        while (fields.Next())
        {
            switch (fields.Field, fields.Kind)
            {
                case (Type, 0): type = (int)Math.Min(fields.Bits, int.MaxValue); break;
                case (Shape, 2): elements = Elements(fields.Bytes); break;
                case (Content, 2): content = fields.Bytes; break;
                case ( > Content, 0 or 1 or 5): (listed, count) = (fields.Bits, count + 1); break;
                case ( > Content, 2): AddPacked(fields.Field, fields.Bytes, ref listed, ref count); break;
            }
        }

        if (fields.Broken || elements != 1)
            return null;
        if (!content.IsEmpty)
            return content.Length == SizeOf(type) ? OfBits(type, Little(content)) : null;
        // TensorFlow leaves out of a list what repeats at its end: none at all is 0.
        return count <= 1 && SizeOf(type) > 0 ? OfBits(type, listed) : null;
    }

    /// <summary>The shortest decimal that stands for a number of 32 bits.</summary>
    public static double Decimal(float value)
    {
        if (!float.IsFinite(value) || value == MathF.Truncate(value))
            return value;
        Span<char> text = stackalloc char[32];
        return value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture) ? double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture) : value;
    }

    private static long Elements(ReadOnlySpan<byte> shape)
    {
        long product = 1;
        var fields = new MessageReader(shape);
        while (fields.Next())
        {
            if (fields is not { Field: 2, Kind: 2 })
                continue;
            long size = 0;
            var dimension = new MessageReader(fields.Bytes);
            while (dimension.Next())
                if (dimension is { Field: 1, Kind: 0 })
                    size = (long)dimension.Bits;
            product *= size is 0 or 1 ? size : 2;
        }

        return product;
    }

    /// <summary>A packed list: fixed 32 bits in field 5 (floats), fixed 64 in field 6 (doubles), else numbers.</summary>
    private static void AddPacked(int field, ReadOnlySpan<byte> bytes, ref ulong listed, ref int count)
    {
        if (field is 5 or 6)
        {
            var size = field == 5 ? sizeof(uint) : sizeof(ulong);
            count += bytes.Length / size;
            if (bytes.Length >= size)
                listed = Little(bytes[..size]);
            return;
        }

        for (; MessageReader.TryVarint(ref bytes, out var number); count++)
            listed = number;
    }

    private static ulong Little(ReadOnlySpan<byte> bytes)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        bytes.CopyTo(wide);
        return BinaryPrimitives.ReadUInt64LittleEndian(wide);
    }

    private static int SizeOf(int type) => type switch
    {
        Bool or UInt8 or Int8 => 1,
        Int16 or UInt16 or Float16 or BFloat16 => 2,
        Float or Int32 or UInt32 => 4,
        Double or Int64 or UInt64 => 8,
        _ => 0,
    };

    private static double? OfBits(int type, ulong bits) => type switch
    {
        Float => Decimal(BitConverter.UInt32BitsToSingle((uint)bits)),
        Double => BitConverter.UInt64BitsToDouble(bits),
        Float16 => OfHalf(BitConverter.UInt16BitsToHalf((ushort)bits)),
        BFloat16 => Decimal(BitConverter.UInt32BitsToSingle((uint)bits << 16)),
        Int8 => (sbyte)bits,
        Int16 => (short)bits,
        Int32 => (int)bits,
        Int64 => (long)bits,
        UInt8 => (byte)bits,
        UInt16 => (ushort)bits,
        UInt32 => (uint)bits,
        UInt64 => bits,
        Bool => bits == 0 ? 0 : 1,
        _ => null,
    };

    private static double OfHalf(Half value) => Half.IsFinite(value) ? double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : (double)value;
}
