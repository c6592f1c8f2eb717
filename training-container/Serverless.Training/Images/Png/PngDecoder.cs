using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Png;

/// <summary>Reads PNG files of every colour type and depth, interlaced ones too (PNG specification, third edition). Samples of 16 bits keep their upper 8; smaller ones are spread over 0 to 255.</summary>
internal static class PngDecoder
{
    /// <summary>Deflate packs no tighter than this; a file that claims more pixels is refused before memory is taken for them.</summary>
    private const int TightestPacking = 1032;

    /// <summary>The passes of Adam7: the first column and row of each, and the steps between them.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Reads a file.</summary>
    /// <exception cref="ImageException">It is none that can be read.</exception>
    public static Raster Decode(ReadOnlyMemory<byte> bytes, ImageLimits limits)
    {
        var file = PngFile.Read(bytes, limits);
        var what = file.What;
        var packed = file.Parts.Sum(part => (long)part.Length);
        if (what.RowBytes(what.Width) * what.Height / TightestPacking > packed)
            throw new ImageException(FormattableString.Invariant($"its {what.Width} × {what.Height} pixels are said to be in {packed} bytes, which is not possible"), bytes.Length, ImageException.WriteAnew);
        var pixels = new PngPixels(file);
        using var rows = new PngRows(file);
        foreach (var pass in what.Interlaced ? Passes : [(0, 0, 1, 1)])
        {
            var width = Count(what.Width, pass.X, pass.StepX);
            var height = Count(what.Height, pass.Y, pass.StepY);
            if (width == 0)
                continue;
            rows.Begin((int)what.RowBytes(width));
            for (var y = 0; y < height; y++)
                pixels.Put(rows.Next(y), pass.X, pass.Y + y * pass.StepY, pass.StepX, width);
        }

        return pixels.Raster;
    }

    private static int Count(int side, int first, int step) => side <= first ? 0 : (side - first + step - 1) / step;
}
