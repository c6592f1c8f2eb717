using System.Buffers.Text;
using Serverless.Inference.Protocol;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Rows;

/// <summary>Takes a cell that is text (of a CSV file, or a JSON text for a number's column) into a tensor.</summary>
internal static class CellText
{
    /// <summary>Adds it; false when it is none of the column's type. An empty cell is a missing value.</summary>
    public static bool TryAdd(ReadOnlySpan<byte> text, ElementType type, TensorBuffer buffer)
    {
        if (type == ElementType.Text)
        {
            buffer.AddText(text);
            return true;
        }

        text = Trim(text);
        if (text.IsEmpty || text.SequenceEqual("NA"u8) || text.SequenceEqual("NaN"u8) || text.SequenceEqual("nan"u8) || text.SequenceEqual("null"u8))
            return JsonValues.TryAddMissing(type, buffer);
        if (text[0] == (byte)'+')
            text = text[1..];
        return type switch
        {
            ElementType.Float32 => Utf8Parser.TryParse(text, out float value, out var used) && used == text.Length && float.IsFinite(value) && Add(buffer, value),
            ElementType.Float64 => Utf8Parser.TryParse(text, out double value, out var used) && used == text.Length && double.IsFinite(value) && Add(buffer, value),
            ElementType.Float16 => Utf8Parser.TryParse(text, out double value, out var used) && used == text.Length && Half.IsFinite((Half)value) && Add(buffer, (Half)value),
            ElementType.Bool => TryAddBool(text, buffer),
            ElementType.UInt64 => Utf8Parser.TryParse(text, out ulong value, out var used) && used == text.Length && Add(buffer, value),
            _ => Utf8Parser.TryParse(text, out long value, out var used) && used == text.Length && TryAddWhole(value, type, buffer),
        };
    }

    /// <summary>Adds a whole number to an integer column if it fits.</summary>
    private static bool TryAddWhole(long value, ElementType type, TensorBuffer buffer) => type switch
    {
        ElementType.Int64 => Add(buffer, value),
        ElementType.Int32 => value is >= int.MinValue and <= int.MaxValue && Add(buffer, (int)value),
        ElementType.Int16 => value is >= short.MinValue and <= short.MaxValue && Add(buffer, (short)value),
        ElementType.Int8 => value is >= sbyte.MinValue and <= sbyte.MaxValue && Add(buffer, (sbyte)value),
        ElementType.UInt32 => value is >= 0 and <= uint.MaxValue && Add(buffer, (uint)value),
        ElementType.UInt16 => value is >= 0 and <= ushort.MaxValue && Add(buffer, (ushort)value),
        ElementType.UInt8 => value is >= 0 and <= byte.MaxValue && Add(buffer, (byte)value),
        _ => false,
    };

    private static bool TryAddBool(ReadOnlySpan<byte> text, TensorBuffer buffer)
    {
        var isTrue = text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("1"u8);
        return (isTrue || text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("0"u8)) && Add(buffer, (byte)(isTrue ? 1 : 0));
    }

    private static bool Add<T>(TensorBuffer buffer, T value)
        where T : unmanaged
    {
        buffer.Add(value);
        return true;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);
}
