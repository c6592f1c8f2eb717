namespace Serverless.Training.Images.Rasters;

/// <summary>An image of 8 bits a sample, from the upper left, row by row, pixel by pixel.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Samples of a pixel: 1 grey, 2 grey and opacity, 3 red, green and blue, 4 those and opacity. Opacity is not multiplied in.</param>
/// <param name="Samples">Width × height × channels samples.</param>
internal sealed record Raster(int Width, int Height, int Channels, byte[] Samples)
{
    private const int White = 255;

    /// <summary>Whether the pixels have an opacity.</summary>
    public bool HasOpacity => Channels is 2 or 4;

    /// <summary>The same image without opacity, as it looks on white paper: 1 or 3 channels.</summary>
    public Raster OnWhite()
    {
        if (!HasOpacity)
            return this;
        var colours = Channels - 1;
        var flat = new byte[Width * Height * colours];
        for (int from = 0, to = 0; from < Samples.Length; from += Channels)
        {
            int opacity = Samples[from + colours];
            for (var channel = 0; channel < colours; channel++)
                flat[to++] = (byte)((Samples[from + channel] * opacity + White * (White - opacity) + White / 2) / White);
        }

        return new(Width, Height, colours, flat);
    }

    /// <summary>The same image in grey (ITU-R BT.601: 0.299 red, 0.587 green, 0.114 blue). It has no opacity.</summary>
    public Raster Grey()
    {
        if (Channels == 1)
            return this;
        var grey = new byte[Width * Height];
        for (var i = 0; i < grey.Length; i++)
            grey[i] = (byte)((19_595 * Samples[3 * i] + 38_470 * Samples[3 * i + 1] + 7_471 * Samples[3 * i + 2] + (1 << 15)) >> 16);
        return new(Width, Height, 1, grey);
    }
}
