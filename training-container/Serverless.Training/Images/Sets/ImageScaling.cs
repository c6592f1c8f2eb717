namespace Serverless.Training.Images.Sets;

/// <summary>How levels become what the network takes: each channel's mean is taken out, and its spread.</summary>
/// <param name="Means">The mean of each channel, 0 to 255.</param>
/// <param name="Factors">One over the standard deviation of each channel; 0 for one that is the same everywhere.</param>
internal sealed record ImageScaling(IReadOnlyList<float> Means, IReadOnlyList<float> Factors)
{
    /// <summary>Learns from images.</summary>
    /// <param name="images">Their planes.</param>
    /// <param name="channels">Planes of each.</param>
    public static ImageScaling Of(IReadOnlyList<byte[]> images, int channels)
    {
        var (sums, squares, counts) = (new double[channels], new double[channels], new long[channels]);
        foreach (var image in images)
            for (var channel = 0; channel < channels; channel++)
            {
                var plane = image.AsSpan(channel * (image.Length / channels), image.Length / channels);
                long sum = 0, square = 0;
                foreach (var level in plane)
                    (sum, square) = (sum + level, square + level * level);
                (sums[channel], squares[channel], counts[channel]) = (sums[channel] + sum, squares[channel] + square, counts[channel] + plane.Length);
            }

        var means = sums.Zip(counts, (sum, count) => sum / count).ToArray();
        var spreads = squares.Zip(counts, (square, count) => square / count).Zip(means, (square, mean) => Math.Sqrt(Math.Max(0, square - mean * mean)));
        return new([.. means.Select(mean => (float)mean)], [.. spreads.Select(spread => spread > 1e-6 ? (float)(1 / spread) : 0)]);
    }

    /// <summary>What a black pixel becomes, channel by channel.</summary>
    public IReadOnlyList<float> Black => [.. Means.Zip(Factors, (mean, factor) => -mean * factor)];

    /// <summary>Scales an image.</summary>
    /// <param name="image">Its planes.</param>
    /// <param name="target">Takes all channels, plane by plane.</param>
    public void Apply(byte[] image, Span<float> target)
    {
        var size = target.Length / Means.Count;
        for (var channel = 0; channel < Means.Count; channel++)
        {
            var (mean, factor) = (Means[channel], Factors[channel]);
            for (var i = channel * size; i < (channel + 1) * size; i++)
                target[i] = (image[i] - mean) * factor;
        }
    }
}
