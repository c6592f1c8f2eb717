using Serverless.Training.Images.Rasters;

namespace Serverless.Training.Images.Resizing;

/// <summary>
/// Brings an image to a size, bilinearly; where it becomes smaller, each new pixel is a mean over all old ones below it, under a triangle ("antialiased", as Pillow and ONNX's Resize with <c>antialias</c> have it).
/// </summary>
internal static class ImageResize
{
    /// <summary>Added before levels are rounded: means that lie halfway between two levels are common, and so each runtime rounds them to the same side.</summary>
    public const float Aside = 1f / 1024;

    /// <summary>Resizes.</summary>
    /// <param name="image">The image.</param>
    /// <param name="width">Pixels of a row that it shall have.</param>
    /// <param name="height">Rows that it shall have.</param>
    /// <returns>Planes, channel by channel, row by row, rounded to whole levels as the model's graph does it.</returns>
    public static byte[] Planes(Raster image, int width, int height)
    {
        var across = ResizeWeights.Of(image.Width, width);
        var down = ResizeWeights.Of(image.Height, height);
        var planes = new byte[(long)width * height * image.Channels];
        var narrow = new float[width * image.Height];
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var y = 0; y < image.Height; y++)
                for (var x = 0; x < width; x++)
                {
                    float sum = 0;
                    var (first, weights) = across[x];
                    var from = (y * image.Width + first) * image.Channels + channel;
                    for (var i = 0; i < weights.Length; i++, from += image.Channels)
                        sum += weights[i] * image.Samples[from];
                    narrow[y * width + x] = sum;
                }

            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                {
                    float sum = 0;
                    var (first, weights) = down[y];
                    for (var i = 0; i < weights.Length; i++)
                        sum += weights[i] * narrow[(first + i) * width + x];
                    planes[(channel * height + y) * width + x] = (byte)Math.Clamp((int)MathF.Round(sum + Aside), 0, byte.MaxValue);
                }
        }

        return planes;
    }
}
