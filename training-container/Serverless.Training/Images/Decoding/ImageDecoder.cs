using Serverless.Training.Images.Jpeg;
using Serverless.Training.Images.Png;
using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Decoding;

/// <summary>Reads image files, PNG or JPEG by their first bytes, whatever their names are.</summary>
internal static class ImageDecoder
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="ImageException">It is none that can be read, or larger than the limits.</exception>
    public static Raster Decode(ReadOnlyMemory<byte> bytes, ImageLimits limits) =>
        IsPng(bytes.Span) ? PngDecoder.Decode(bytes, limits) : IsJpeg(bytes.Span) ? JpegDecoder.Decode(bytes, limits) : throw Other(bytes.Span);

    /// <summary>Reads a file's size alone.</summary>
    /// <exception cref="ImageException">It is none that can be read, or larger than the limits.</exception>
    public static (int Width, int Height) Peek(ReadOnlyMemory<byte> bytes, ImageLimits limits)
    {
        if (IsJpeg(bytes.Span))
            return JpegDecoder.Peek(bytes, limits);
        return IsPng(bytes.Span) && PngFile.Peek(bytes.Span, limits) is var header ? (header.Width, header.Height) : throw Other(bytes.Span);
    }

    private static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.StartsWith(PngFile.Signature);

    private static bool IsJpeg(ReadOnlySpan<byte> bytes) => bytes is [0xff, 0xd8, 0xff, ..];

    private static ImageException Other(ReadOnlySpan<byte> bytes)
    {
        var kind = bytes.StartsWith("GIF8"u8) ? "a GIF"
            : bytes.StartsWith("BM"u8) ? "a BMP"
            : bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8) ? "a TIFF"
            : bytes.Length > 12 && bytes[8..].StartsWith("WEBP"u8) ? "a WebP"
            : bytes.Length > 12 && bytes[4..].StartsWith("ftyp"u8) ? "a HEIF or AVIF"
            : bytes.Length == 0 ? "empty" : "neither PNG nor JPEG";
        return new($"it is {kind}", 0, bytes.Length == 0 ? ImageException.WriteAnew : "Convert it to PNG or JPEG.");
    }
}
