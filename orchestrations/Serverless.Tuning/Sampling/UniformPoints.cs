using Serverless.Tuning.Randomness;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Sampling;

/// <summary>Points by chance.</summary>
public static class UniformPoints
{
    /// <summary>A point with each parameter that is there drawn by itself: every value (by logarithm: every ratio) is equally likely. Forbidden combinations are not looked at.</summary>
    public static double[] Draw(SearchSpace space, RandomSource random)
    {
        var point = new double[space.Dimensions.Count];
        Array.Fill(point, double.NaN);
        foreach (var dimension in space.Dimensions)
        {
            if (space.IsActive(dimension, point))
                point[dimension.Index] = dimension.Kind == DimensionKind.Fixed ? dimension.Low : dimension.FromUnit(random.NextUniform());
        }

        return point;
    }
}
