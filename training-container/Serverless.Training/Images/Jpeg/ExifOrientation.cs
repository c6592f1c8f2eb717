using System.Buffers.Binary;
using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Jpeg;

/// <summary>Which way a camera was held (Exif 2.32, tag 0x0112), and the image turned upright.</summary>
internal static class ExifOrientation
{
    private const int Upright = 1;
    private const int Tag = 0x0112;
    private const int EntrySize = 12;
    private const int Short = 3;

    /// <summary>Finds it in a segment APP1.</summary>
    /// <returns>1 to 8; 1 when the segment does not say.</returns>
    public static int Of(ReadOnlySpan<byte> segment)
    {
        if (segment.Length < 14 || !segment.StartsWith("Exif\0\0"u8))
            return Upright;
        var tiff = segment[6..];
        var little = tiff.StartsWith("II*\0"u8);
        if (!little && !tiff.StartsWith("MM\0*"u8))
            return Upright;
        var directory = Int(tiff[4..], little);
        if (directory > tiff.Length - 2)
            return Upright;
        var entries = tiff[((int)directory + 2)..];
        var count = Math.Min(UShort(tiff[(int)directory..], little), entries.Length / EntrySize);
        for (var i = 0; i < count; i++)
        {
            var entry = entries.Slice(i * EntrySize, EntrySize);
            if (UShort(entry, little) == Tag && UShort(entry[2..], little) == Short)
                return UShort(entry[8..], little) is >= 1 and <= 8 and var found ? found : Upright;
        }

        return Upright;
    }

    /// <summary>The image as it was meant to be seen.</summary>
    public static Raster Apply(Raster image, int orientation)
    {
        if (orientation == Upright)
            return image;
        var turned = orientation >= 5; // rows become columns
        var (width, height) = turned ? (image.Height, image.Width) : (image.Width, image.Height);
        var pixels = new byte[image.Samples.Length];
        var to = 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++, to += image.Channels)
            {
                var (fromX, fromY) = orientation switch
                {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, width - 1 - x),
                    7 => (height - 1 - y, width - 1 - x),
                    8 => (height - 1 - y, x),
                    _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "There are eight."),
                };
                image.Samples.AsSpan((fromY * image.Width + fromX) * image.Channels, image.Channels).CopyTo(pixels.AsSpan(to));
            }

        return new(width, height, image.Channels, pixels);
    }

    private static uint Int(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static ushort UShort(ReadOnlySpan<byte> bytes, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
