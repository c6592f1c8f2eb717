namespace Serverless.Tuning.Samplers.Tpe;

/// <summary>How wide kernels are.</summary>
internal static class Bandwidths
{
    /// <summary>The width of a joint kernel against the range, before it shrinks with the trials (Scott's rule with Optuna's magnitude).</summary>
    private const double JointMagnitude = 0.2;

    /// <summary>The narrowest kernel without the magic clip.</summary>
    private const double Least = 1e-12;

    /// <summary>Fills in the widths of the kernels but the prior's.</summary>
    /// <param name="kernels">The kernels, with their centers; in rising order without a joint model.</param>
    /// <param name="trials">How many they are.</param>
    /// <param name="joint">How many dimensions the joint model has; null: each kernel is as wide as its greater gap to a neighbour.</param>
    /// <param name="magicClip">Whether <see cref="TpeOptions.MagicClip"/> holds.</param>
    public static void Fill(ParzenDimension kernels, int trials, int? joint, bool magicClip)
    {
        var range = kernels.High - kernels.Low;
        var least = magicClip ? range / Math.Min(100.0, 2 + trials) : Least;
        var widths = kernels.Widths.AsSpan(0, trials);
        if (joint is { } dimensions)
        {
            widths.Fill(Math.Clamp(JointMagnitude * Math.Pow(Math.Max(trials, 1), -1.0 / (dimensions + 4)) * range, least, range));
            return;
        }

        var centers = kernels.Centers.AsSpan(0, trials);
        for (var index = 0; index < trials; index++)
        {
            var before = index > 0 ? centers[index] - centers[index - 1] : trials > 1 ? 0 : centers[index] - kernels.Low;
            var after = index < trials - 1 ? centers[index + 1] - centers[index] : trials > 1 ? 0 : kernels.High - centers[index];
            widths[index] = Math.Clamp(Math.Max(before, after), least, range);
        }
    }
}
