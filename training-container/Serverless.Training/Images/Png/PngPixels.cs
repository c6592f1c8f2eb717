using System.Buffers.Binary;
using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Png;

/// <summary>Turns rows of a file into pixels of 8 bits a sample.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader what;
    private readonly byte[] palette;
    private readonly byte[] opacities;
    private readonly ushort[] transparent;

    /// <param name="file">The file.</param>
    public PngPixels(PngFile file)
    {
        (what, palette) = (file.What, file.Palette);
        opacities = what.Kind == PngKind.Palette ? file.Transparent : [];
        transparent = what.Kind == PngKind.Palette ? [] : [.. Enumerable.Range(0, file.Transparent.Length / 2).Select(i => BinaryPrimitives.ReadUInt16BigEndian(file.Transparent.AsSpan(2 * i)))];
        var colours = what.Kind == PngKind.Palette ? 3 : what.Samples;
        var channels = colours + (file.Transparent.Length > 0 ? 1 : 0);
        Raster = new(what.Width, what.Height, channels, new byte[(long)what.Width * what.Height * channels]);
    }

    /// <summary>The image; whole when every row was put.</summary>
    public Raster Raster { get; }

    /// <summary>Puts a row.</summary>
    /// <param name="row">Its bytes, without filters.</param>
    /// <param name="x">The column of its first pixel.</param>
    /// <param name="y">Its row in the image.</param>
    /// <param name="step">Columns from one pixel to the next.</param>
    /// <param name="count">Its pixels.</param>
    /// <exception cref="ImageException">A pixel is an entry that the palette does not have.</exception>
    public void Put(ReadOnlySpan<byte> row, int x, int y, int step, int count)
    {
        var channels = Raster.Channels;
        var to = ((long)y * what.Width + x) * channels;
        for (var i = 0; i < count; i++, to += (long)step * channels)
        {
            var pixel = Raster.Samples.AsSpan((int)to, channels);
            if (what.Kind == PngKind.Palette)
                PutEntry(Small(row, i), pixel, y);
            else
                PutSamples(row, i, pixel);
        }
    }

    private void PutEntry(int entry, Span<byte> pixel, int y)
    {
        if (entry * 3 >= palette.Length)
            throw new ImageException(FormattableString.Invariant($"a pixel of row {y} is the entry {entry} of a palette of {palette.Length / 3} colours"), null, ImageException.WriteAnew);
        palette.AsSpan(entry * 3, 3).CopyTo(pixel);
        if (pixel.Length == 4)
            pixel[3] = entry < opacities.Length ? opacities[entry] : byte.MaxValue;
    }

    private void PutSamples(ReadOnlySpan<byte> row, int i, Span<byte> pixel)
    {
        var samples = what.Samples;
        var isTransparent = transparent.Length > 0;
        for (var channel = 0; channel < samples; channel++)
        {
            var at = i * samples + channel;
            var sample = what.Depth switch
            {
                16 => BinaryPrimitives.ReadUInt16BigEndian(row[(2 * at)..]),
                8 => row[at],
                _ => Small(row, at),
            };
            isTransparent = isTransparent && sample == transparent[channel];
            pixel[channel] = what.Depth switch { 16 => (byte)(sample >> 8), 8 => (byte)sample, var depth => (byte)(sample * byte.MaxValue / ((1 << depth) - 1)) };
        }

        if (transparent.Length > 0)
            pixel[samples] = isTransparent ? (byte)0 : byte.MaxValue;
    }

    /// <summary>A sample of up to 8 bits; the leftmost is in a byte's highest bits.</summary>
    private int Small(ReadOnlySpan<byte> row, int at)
    {
        var bit = at * what.Depth;
        return (row[bit / 8] >> (8 - what.Depth - bit % 8)) & ((1 << what.Depth) - 1);
    }
}
