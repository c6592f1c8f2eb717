using System.Buffers.Binary;
using System.Text.Unicode;
using Serverless.OnnxRuntime;

namespace Serverless.Inference.Protocol;

/// <summary>Elements as raw bytes (Open Inference Protocol, binary tensor data extension): little-endian; each text with its length in four bytes before it.</summary>
internal static class BinaryTensor
{
    /// <summary>Adds elements.</summary>
    /// <param name="raw">The tensor's bytes.</param>
    /// <param name="count">Elements that the shape has.</param>
    /// <param name="type">Their type.</param>
    /// <param name="buffer">Where to.</param>
    /// <returns>What is wrong with them; null when nothing is.</returns>
    public static string? Add(ReadOnlySpan<byte> raw, int count, ElementType type, TensorBuffer buffer)
    {
        if (type == ElementType.Text)
            return AddTexts(raw, count, buffer);
        var wanted = (long)count * ElementTypes.Size(type);
        if (raw.Length != wanted)
            return $"has {raw.Length} bytes of data; {count} elements of {ElementTypes.Name(type)} have {wanted}";
        if (type == ElementType.Bool && raw.IndexOfAnyExceptInRange((byte)0, (byte)1) is >= 0 and var at)
            return $"has the byte {raw[at]} at {at}; a BOOL is 0 or 1";
        buffer.AddRaw(raw, count);
        return null;
    }

    private static string? AddTexts(ReadOnlySpan<byte> raw, int count, TensorBuffer buffer)
    {
        var added = 0;
        while (!raw.IsEmpty)
        {
            if (raw.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(raw) is var length && length > raw.Length - sizeof(uint))
                return $"ends within its text {added}";
            var text = raw.Slice(sizeof(uint), (int)BinaryPrimitives.ReadUInt32LittleEndian(raw));
            if (!Utf8.IsValid(text))
                return $"has bytes in its text {added} that are not UTF-8";
            if (++added > count)
                return $"has more than the {count} texts of its shape";
            buffer.AddText(text);
            raw = raw[(sizeof(uint) + text.Length)..];
        }

        return added == count ? null : $"has {added} texts; its shape has {count}";
    }
}
