namespace Serverless.Training.Images.Resizing;

/// <summary>Which old pixels make a new one along one side, and with which weights.</summary>
internal static class ResizeWeights
{
    /// <summary>For each new pixel the first old one, and the weights from there on; their sum is 1.</summary>
    /// <param name="old">Pixels that there are.</param>
    /// <param name="wanted">Pixels that there shall be.</param>
    public static (int First, float[] Weights)[] Of(int old, int wanted)
    {
        var scale = (double)old / wanted;
        var reach = Math.Max(1, scale);
        var all = new (int, float[])[wanted];
        for (var i = 0; i < wanted; i++)
        {
            var centre = (i + 0.5) * scale;
            var first = Math.Max(0, (int)(centre - reach + 0.5));
            var behind = Math.Min(old, (int)(centre + reach + 0.5));
            double[] triangle = [.. Enumerable.Range(first, Math.Max(1, behind - first)).Select(at => Math.Max(0, 1 - Math.Abs((at - centre + 0.5) / reach)))];
            var sum = triangle.Sum();
            all[i] = (first, [.. triangle.Select(weight => (float)(weight / sum))]);
        }

        return all;
    }
}
