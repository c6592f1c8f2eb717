using System.Text.Json;
using System.Text.Unicode;
using Serverless.OnnxRuntime;
using Serverless.Inference.Sessions;

namespace Serverless.Inference.Protocol;

/// <summary>Takes JSON values into tensors: exactly, or not at all.</summary>
internal static class JsonValues
{
    /// <summary>Adds the reader's value as an element of a type; false when it is none.</summary>
    /// <exception cref="InvalidOperationException">A text has a lone surrogate.</exception>
    public static bool TryAdd(scoped ref Utf8JsonReader reader, ElementType type, TensorBuffer buffer) => reader.TokenType switch
    {
        JsonTokenType.Number => TryAddNumber(ref reader, type, buffer),
        JsonTokenType.String => type == ElementType.Text ? TryAddText(ref reader, buffer) : TryAddNamed(ref reader, type, buffer),
        JsonTokenType.True or JsonTokenType.False when type == ElementType.Bool => Add(buffer, (byte)(reader.TokenType == JsonTokenType.True ? 1 : 0)),
        JsonTokenType.Null => TryAddMissing(type, buffer),
        _ => false,
    };

    /// <summary>Adds the reader's text as it is.</summary>
    public static bool TryAddText(scoped ref Utf8JsonReader reader, TensorBuffer buffer)
    {
        if (reader.ValueIsEscaped)
        {
            var room = buffer.ReserveText(reader.ValueSpan.Length);
            buffer.CommitText(reader.CopyString(room));
            return true;
        }

        if (!Utf8.IsValid(reader.ValueSpan))
            return false;
        buffer.AddText(reader.ValueSpan);
        return true;
    }

    /// <summary>Adds a missing value where the type has one.</summary>
    public static bool TryAddMissing(ElementType type, TensorBuffer buffer)
    {
        if (!ElementTypes.TakesMissing(type))
            return false;
        MissingValue.Add(buffer, type);
        return true;
    }

    /// <summary>NaN and the infinities, which JSON has no numbers for, by name.</summary>
    private static bool TryAddNamed(scoped ref Utf8JsonReader reader, ElementType type, TensorBuffer buffer)
    {
        if (!ElementTypes.IsFloating(type))
            return false;
        double? named = reader.ValueTextEquals("NaN"u8) ? double.NaN
            : reader.ValueTextEquals("Infinity"u8) ? double.PositiveInfinity
            : reader.ValueTextEquals("-Infinity"u8) ? double.NegativeInfinity
            : null;
        return named is { } value && AddFloating(type, buffer, value);
    }

    private static bool AddFloating(ElementType type, TensorBuffer buffer, double value) => type switch
    {
        ElementType.Float32 => Add(buffer, (float)value),
        ElementType.Float64 => Add(buffer, value),
        _ => Add(buffer, (Half)value),
    };

    private static bool TryAddNumber(scoped ref Utf8JsonReader reader, ElementType type, TensorBuffer buffer)
    {
        switch (type)
        {
            case ElementType.Float32:
                return reader.TryGetSingle(out var single) && float.IsFinite(single) && Add(buffer, single);
            case ElementType.Float64:
                return reader.TryGetDouble(out var real) && double.IsFinite(real) && Add(buffer, real);
            case ElementType.Float16:
                return reader.TryGetDouble(out var wide) && Half.IsFinite((Half)wide) && Add(buffer, (Half)wide);
            case ElementType.Int64:
                return reader.TryGetInt64(out var int64) && Add(buffer, int64);
            case ElementType.Int32:
                return reader.TryGetInt32(out var int32) && Add(buffer, int32);
            case ElementType.Int16:
                return reader.TryGetInt16(out var int16) && Add(buffer, int16);
            case ElementType.Int8:
                return reader.TryGetSByte(out var int8) && Add(buffer, int8);
            case ElementType.UInt64:
                return reader.TryGetUInt64(out var uint64) && Add(buffer, uint64);
            case ElementType.UInt32:
                return reader.TryGetUInt32(out var uint32) && Add(buffer, uint32);
            case ElementType.UInt16:
                return reader.TryGetUInt16(out var uint16) && Add(buffer, uint16);
            case ElementType.UInt8:
                return reader.TryGetByte(out var uint8) && Add(buffer, uint8);
            case ElementType.Bool:
                return reader.TryGetByte(out var bit) && bit <= 1 && Add(buffer, bit);
            default:
                return false;
        }
    }

    private static bool Add<T>(TensorBuffer buffer, T value)
        where T : unmanaged
    {
        buffer.Add(value);
        return true;
    }
}
