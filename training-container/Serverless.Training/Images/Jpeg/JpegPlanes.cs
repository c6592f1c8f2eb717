using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Jpeg;

/// <summary>
/// Spreads components of fewer samples over the whole image. Where one side is halved, three quarters of the nearer sample and one of the farther, as libjpeg does ("fancy upsampling");
/// else each sample is repeated.
/// </summary>
internal static class JpegPlanes
{
    /// <summary>A component with one sample a pixel, row by row.</summary>
    public static byte[] Spread(JpegComponent component, JpegFrame frame)
    {
        var samples = JpegTransform.Samples(component);
        var (stepX, stepY) = (frame.MaxAcross / component.Across, frame.MaxDown / component.Down);
        var stride = component.BlocksAcross * JpegComponent.Side;
        var plane = new byte[(long)frame.Width * frame.Height];
        var smoothX = stepX == 2 && component.Width > 2 && stepY <= 2;
        var smoothY = stepY == 2 && (smoothX || stepX == 1);
        var line = new int[component.Width];
        for (var y = 0; y < frame.Height; y++)
        {
            var own = Math.Min(y / stepY, component.Height - 1);
            var other = smoothY ? Math.Clamp(y % 2 == 0 ? own - 1 : own + 1, 0, component.Height - 1) : own;
            var weight = smoothY ? 4 : 1; // the sum of the weights so far
            for (var x = 0; x < line.Length; x++)
                line[x] = smoothY ? 3 * samples[own * stride + x] + samples[other * stride + x] : samples[own * stride + x];
            var target = plane.AsSpan(y * frame.Width, frame.Width);
            if (smoothX)
                SpreadSmoothly(line, target, weight);
            else
                for (var x = 0; x < target.Length; x++)
                    target[x] = smoothY ? (byte)((line[x / stepX] + 1 + y % 2) >> 2) : (byte)line[x / stepX];
        }

        return plane;
    }

    /// <summary>Twice as many samples in a row. The rounding alternates, so that it favours neither side.</summary>
    private static void SpreadSmoothly(ReadOnlySpan<int> line, Span<byte> target, int weight)
    {
        var (roundLeft, roundRight, shift) = weight == 4 ? (8, 7, 4) : (1, 2, 2);
        for (var x = 0; x < target.Length; x++)
        {
            var at = x / 2;
            var other = x % 2 == 0 ? Math.Max(0, at - 1) : Math.Min(line.Length - 1, at + 1);
            target[x] = (byte)((3 * line[at] + line[other] + (x % 2 == 0 ? roundLeft : roundRight)) >> shift);
        }
    }

    /// <summary>The image of a frame whose components are whole.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isRgb">Whether the three components are red, green and blue already.</param>
    public static Raster Join(JpegFrame frame, bool isRgb)
    {
        if (frame.Components.Count == 1)
            return new(frame.Width, frame.Height, 1, Spread(frame.Components[0], frame));
        byte[][] planes = [.. frame.Components.Select(component => Spread(component, frame))];
        var pixels = new byte[(long)frame.Width * frame.Height * 3];
        for (var i = 0; i < planes[0].Length; i++)
        {
            int a = planes[0][i], b = planes[1][i], c = planes[2][i];
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = isRgb ? ((byte)a, (byte)b, (byte)c) : Rgb(a, b - 128, c - 128);
        }

        return new(frame.Width, frame.Height, 3, pixels);
    }

    /// <summary>JFIF's conversion (T.871, 7), in 16 bits behind the point.</summary>
    private static (byte, byte, byte) Rgb(int y, int blue, int red)
    {
        const int Half = 1 << 15;
        return (Clamp(y + ((91_881 * red + Half) >> 16)), Clamp(y + ((-22_554 * blue - 46_802 * red + Half) >> 16)), Clamp(y + ((116_130 * blue + Half) >> 16)));
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, byte.MaxValue);
}
