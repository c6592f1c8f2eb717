namespace Serverless.Training.Images.Rasters;

/// <summary>What an image file may be at most. A file says its size before it has shown any data, so these are looked at before memory is taken.</summary>
internal sealed record ImageLimits
{
    /// <summary>Pixels. Default: 50 million, more than a camera's; an image then takes at most 0.5 GB while it is read.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>Bytes of a file. Default: 256 MiB.</summary>
    public long MaxFileBytes { get; init; } = 256L << 20;

    /// <summary>Passes over a progressive JPEG, each of which may cost a whole image's time and a few bytes. Default: 100; encoders make about ten.</summary>
    public int MaxScans { get; init; } = 100;

    /// <summary>Refuses a size.</summary>
    /// <exception cref="ImageException">It is none, or too large.</exception>
    public void Check(long width, long height, int offset)
    {
        if (width <= 0 || height <= 0)
            throw new ImageException(FormattableString.Invariant($"its size is {width} × {height} pixels"), offset, "Write the image anew.");
        if (width > MaxPixels || height > MaxPixels || width * height > MaxPixels)
            throw new ImageException(FormattableString.Invariant($"it has {width} × {height} pixels, and at most {MaxPixels:N0} are read"), offset, "Make it smaller.");
    }
}
