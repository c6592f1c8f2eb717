using System.Buffers.Binary;
using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Png;

/// <summary>What the chunk IHDR says (PNG specification, third edition, 11.2.1).</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Depth">Bits of a sample, or of an index into the palette.</param>
/// <param name="Kind">The kind of colours.</param>
/// <param name="Interlaced">Whether the pixels come in seven passes.</param>
internal sealed record PngHeader(int Width, int Height, int Depth, PngKind Kind, bool Interlaced)
{
    /// <summary>Bytes of the chunk.</summary>
    public const int Size = 13;

    /// <summary>Samples of a pixel as they are in the file.</summary>
    public int Samples => Kind switch
    {
        PngKind.Grey or PngKind.Palette => 1,
        PngKind.GreyWithOpacity => 2,
        PngKind.Colour => 3,
        PngKind.ColourWithOpacity => 4,
        _ => throw new InvalidOperationException($"There is no kind {Kind}."),
    };

    /// <summary>Bits of a pixel.</summary>
    public int BitsPerPixel => Samples * Depth;

    /// <summary>Bytes of a row of so many pixels, without its filter's byte.</summary>
    public long RowBytes(int pixels) => ((long)pixels * BitsPerPixel + 7) / 8;

    /// <summary>Reads the chunk.</summary>
    /// <exception cref="ImageException">It is not one.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> data, int offset, ImageLimits limits)
    {
        if (data.Length != Size)
            throw Refuse($"its header has {data.Length} bytes instead of {Size}", offset);
        long width = BinaryPrimitives.ReadUInt32BigEndian(data), height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        limits.Check(width, height, offset);
        var (depth, kind) = (data[8], (PngKind)data[9]);
        var fits = kind switch
        {
            PngKind.Grey => depth is 1 or 2 or 4 or 8 or 16,
            PngKind.Palette => depth is 1 or 2 or 4 or 8,
            PngKind.Colour or PngKind.GreyWithOpacity or PngKind.ColourWithOpacity => depth is 8 or 16,
            _ => false,
        };
        if (!fits)
            throw Refuse($"its header has {depth} bits a sample and the kind {data[9]}, which do not go together", offset);
        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
            throw Refuse($"its header has the methods {data[10]}, {data[11]}, {data[12]} for compression, filters and interlacing, which do not exist", offset);
        return new((int)width, (int)height, depth, kind, data[12] == 1);
    }

    private static ImageException Refuse(string what, int offset) => new(what, offset, ImageException.WriteAnew);
}
