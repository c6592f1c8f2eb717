namespace Serverless.Tuning.Numerics;

/// <summary>The standard normal distribution where plain formulas lose their digits.</summary>
internal static class NormalDistribution
{
    private const double LogSqrtTwoPi = 0.91893853320467274178;
    private const double SqrtHalfPi = 1.2533141373155002512;

    /// <summary>The logarithm of the density at z.</summary>
    public static double LogDensity(double z) => -0.5 * z * z - LogSqrtTwoPi;

    /// <summary>The probability of a value up to z.</summary>
    public static double Cumulative(double z) => z > 0 ? 1 - Cumulative(-z) : Math.Exp(LogDensity(z)) * LowerTailRatio(z);

    /// <summary>
    /// The logarithm of φ(z) + z·Φ(z), the expected improvement of a normal variable in units of its deviation, and its derivative
    /// Φ(z) / (φ(z) + z·Φ(z)); finite wherever z² is. Ament et al., Unexpected Improvements to Expected Improvement, 2023, section 4.
    /// </summary>
    public static (double Value, double Slope) LogImprovement(double z)
    {
        if (z > 0)
        {
            var tail = Math.Exp(LogDensity(z)) * LowerTailRatio(-z);
            var h = Math.Exp(LogDensity(z)) + z * (1 - tail);
            return (Math.Log(h), (1 - tail) / h);
        }

        var ratio = LowerTailRatio(z);
        var rest = z < -60 ? FarRest(z) : 1 + z * ratio;
        return (LogDensity(z) + Math.Log(rest), ratio / rest);
    }

    /// <summary>Φ(z) / φ(z) for z up to 0.</summary>
    /// <remarks>
    /// Near 0 by the series of Φ, whose terms are all positive; farther out by Laplace's continued fraction of Mills' ratio, from its tail
    /// (Abramowitz and Stegun, 26.2.11 and 26.2.14).
    /// </remarks>
    private static double LowerTailRatio(double z)
    {
        var x = -z;
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (var n = 3; term > 1e-17 * sum && n < 200; n += 2)
                sum += term *= x * x / n;
            return SqrtHalfPi * Math.Exp(0.5 * x * x) - sum;
        }

        var fraction = x;
        for (var n = x < 6 ? 80 : 24; n > 0; n--)
            fraction = x + n / fraction;
        return 1 / fraction;
    }

    /// <summary>1 + z·Φ(z)/φ(z) for z far below 0, where the two cancel: the asymptotic series of Mills' ratio.</summary>
    private static double FarRest(double z)
    {
        var u = 1 / (z * z);
        return u * (1 - u * (3 - u * (15 - u * 105)));
    }
}
