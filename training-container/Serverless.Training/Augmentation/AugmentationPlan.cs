namespace Serverless.Training.Augmentation;

/// <summary>
/// Which change each image has in each epoch. It follows from seed, epoch and row alone: nothing is drawn in turn, so batches may be made in any order or on many threads,
/// and a run that goes on in the middle of an epoch sees the same images.
/// </summary>
/// <param name="options">How far images are changed.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class AugmentationPlan(AugmentationOptions options, int seed)
{
    /// <summary>The change of an image.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="row">The image's row.</param>
    public ImageChange ChangeOf(int epoch, int row)
    {
        var state = Mix(Mix(((ulong)(uint)seed << 32) | (uint)epoch) ^ (uint)row);
        return new(
            Spread(ref state) * options.Shift,
            Spread(ref state) * options.Shift,
            Spread(ref state) * options.Degrees,
            1 + Spread(ref state) * options.Zoom,
            1 + Spread(ref state) * options.Contrast,
            Spread(ref state) < 0 && options.Mirror);
    }

    /// <summary>Evenly from −1 up to 1.</summary>
    private static double Spread(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15;
        return (Mix(state) >> 11) * (2.0 / (1UL << 53)) - 1;
    }

    /// <summary>SplitMix64's finalizer (Steele, Lea and Flood 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
        value = (value ^ value >> 27) * 0x94d049bb133111eb;
        return value ^ value >> 31;
    }
}
