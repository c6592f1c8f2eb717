namespace Serverless.Training.Forecasts;

/// <summary>What a window is divided by, so that series of any size are alike to the network (Salinas et al., DeepAR, 2020, section 3.3).</summary>
internal static class SeriesScale
{
    /// <summary>The mean of |x| over the values that are there; 1 when all are 0 or missing.</summary>
    public static float Of(ReadOnlySpan<float> context)
    {
        double sum = 0;
        var count = 0;
        foreach (var value in context)
            if (!float.IsNaN(value))
                (sum, count) = (sum + Math.Abs(value), count + 1);
        var scale = (float)(count == 0 ? 0 : sum / count);
        return scale > 1e-30f && float.IsFinite(scale) ? scale : 1;
    }
}
