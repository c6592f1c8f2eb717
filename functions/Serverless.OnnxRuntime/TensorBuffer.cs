using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Serverless.OnnxRuntime;

/// <summary>An input's elements while a request is read: pinned, so that the library reads them where they are, and kept from call to call.</summary>
public sealed class TensorBuffer
{
    private const int FirstBytes = 256;
    private byte[] bytes = GC.AllocateUninitializedArray<byte>(FirstBytes, pinned: true);
    private int[] ends = [];

    /// <summary>Bytes used.</summary>
    public int Length { get; private set; }

    /// <summary>Elements held.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes held, used or not.</summary>
    public int Capacity => bytes.Length + (ends.Length * sizeof(int));

    /// <summary>The shape; empty for a scalar.</summary>
    public long[] Shape { get; private set; } = new long[4];

    /// <summary>Dimensions of the shape.</summary>
    public int Rank { get; private set; }

    /// <summary>The bytes used.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    /// <summary>Where the bytes are; they do not move until more are added.</summary>
    public unsafe void* Pointer => Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(bytes));

    /// <summary>Forgets what it holds.</summary>
    public void Clear() => (Length, Count, Rank) = (0, 0, 0);

    /// <summary>Sets the shape.</summary>
    public void SetShape(ReadOnlySpan<long> shape)
    {
        if (Shape.Length < shape.Length)
            Shape = new long[shape.Length];
        shape.CopyTo(Shape);
        Rank = shape.Length;
    }

    /// <summary>Adds an element of a type without references.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<T>(T value)
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        if (bytes.Length - Length < size)
            Grow(size);
        Unsafe.WriteUnaligned(ref bytes[Length], value);
        Length += size;
        Count++;
    }

    /// <summary>Adds a text as UTF-8.</summary>
    public void AddText(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(ReserveText(utf8.Length));
        CommitText(utf8.Length);
    }

    /// <summary>Room for a text of at most some bytes; <see cref="CommitText"/> adds it.</summary>
    public Span<byte> ReserveText(int length)
    {
        if (bytes.Length - Length < length)
            Grow(length);
        return bytes.AsSpan(Length, length);
    }

    /// <summary>Adds the text that was written to the room.</summary>
    public void CommitText(int length)
    {
        if (ends.Length == Count)
            Array.Resize(ref ends, Math.Max(64, ends.Length * 2));
        Length += length;
        ends[Count++] = Length;
    }

    /// <summary>Adds many elements as they are in memory.</summary>
    public void AddRaw(ReadOnlySpan<byte> raw, int count)
    {
        if (bytes.Length - Length < raw.Length)
            Grow(raw.Length);
        raw.CopyTo(bytes.AsSpan(Length));
        Length += raw.Length;
        Count += count;
    }

    /// <summary>A text that was added.</summary>
    public ReadOnlySpan<byte> Text(int index)
    {
        var start = index == 0 ? 0 : ends[index - 1];
        return bytes.AsSpan(start, ends[index] - start);
    }

    private void Grow(int more)
    {
        var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max((long)bytes.Length * 2, (long)Length + more)), pinned: true);
        bytes.AsSpan(0, Length).CopyTo(larger);
        bytes = larger;
    }
}
