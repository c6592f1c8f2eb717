namespace Serverless.Training.Augmentation;

/// <summary>Applies a change to an image. What comes in from outside is 0; in between is interpolated bilinearly.</summary>
internal static class ImageWarp
{
    /// <summary>Writes the changed image.</summary>
    /// <param name="source">Planes of pixels, channel by channel, row by row.</param>
    /// <param name="target">As large as <paramref name="source"/>.</param>
    /// <param name="channels">The number of planes.</param>
    /// <param name="height">Rows of a plane.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="change">The change.</param>
    public static void Apply(ReadOnlySpan<float> source, Span<float> target, int channels, int height, int width, ImageChange change)
    {
        var (sin, cos) = Math.SinCos(change.Degrees * Math.PI / 180);
        double centreX = (width - 1) / 2.0, centreY = (height - 1) / 2.0;
        var plane = height * width;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
            {
                // Backwards: where does the pixel that lands here come from?
                double dx = x - centreX - change.ShiftX * width, dy = y - centreY - change.ShiftY * height;
                var fromX = (cos * dx + sin * dy) / change.Zoom;
                var fromY = (cos * dy - sin * dx) / change.Zoom + centreY;
                fromX = (change.Mirror ? -fromX : fromX) + centreX;
                for (var channel = 0; channel < channels; channel++)
                    target[channel * plane + y * width + x] = Sample(source.Slice(channel * plane, plane), height, width, fromX, fromY);
            }

        if (change.Contrast != 1)
            Contrast(target, (float)change.Contrast);
    }

    private static float Sample(ReadOnlySpan<float> plane, int height, int width, double x, double y)
    {
        const double Exact = 1e-9; // a turn by 0 must not smear
        int left = (int)Math.Floor(x + Exact), top = (int)Math.Floor(y + Exact);
        float right = (float)Math.Max(0, x - left), down = (float)Math.Max(0, y - top);
        return (1 - down) * ((1 - right) * At(plane, height, width, left, top) + right * At(plane, height, width, left + 1, top))
            + down * ((1 - right) * At(plane, height, width, left, top + 1) + right * At(plane, height, width, left + 1, top + 1));
    }

    private static float At(ReadOnlySpan<float> plane, int height, int width, int x, int y) =>
        (uint)x < (uint)width && (uint)y < (uint)height ? plane[y * width + x] : 0;

    private static void Contrast(Span<float> pixels, float factor)
    {
        double sum = 0;
        foreach (var pixel in pixels)
            sum += pixel;
        var mean = (float)(sum / pixels.Length);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = mean + (pixels[i] - mean) * factor;
    }
}
