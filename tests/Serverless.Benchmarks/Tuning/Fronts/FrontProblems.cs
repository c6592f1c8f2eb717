namespace Serverless.Benchmarks.Tuning.Fronts;

/// <summary>The problems of the benchmark: Zitzler, Deb, Thiele (2000), Kursawe (1991), Fonseca and Fleming (1995), Deb, Thiele, Laumanns, Zitzler (2002), and a choice of models.</summary>
internal static class FrontProblems
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FrontProblem> All { get; } =
    [
        FrontProblem.OfCube("zdt1", 6, 0, 1, [1.2, 3], Zdt((f, g) => 1 - Math.Sqrt(f / g))),
        FrontProblem.OfCube("zdt2", 6, 0, 1, [1.2, 3], Zdt((f, g) => 1 - f / g * (f / g))),
        FrontProblem.OfCube("zdt3", 6, 0, 1, [1.2, 3], Zdt((f, g) => 1 - Math.Sqrt(f / g) - f / g * Math.Sin(10 * Math.PI * f))),
        FrontProblem.OfCube("kursawe", 3, -5, 5, [-12, 2], Kursawe),
        FrontProblem.OfCube("fonseca", 4, -2, 2, [1.05, 1.05], Fonseca),
        FrontProblem.OfCube("dtlz2", 6, 0, 1, [1.5, 1.5, 1.5], Sphere),
        ModelChoice.Create(),
    ];

    private static Func<double[], double[]> Zdt(Func<double, double, double> shape) => x =>
    {
        var g = 1 + 9 * x[1..].Sum() / (x.Length - 1);
        return [x[0], g * shape(x[0], g)];
    };

    private static double[] Kursawe(double[] x) =>
    [
        x.Zip(x[1..]).Sum(pair => -10 * Math.Exp(-0.2 * Math.Sqrt(pair.First * pair.First + pair.Second * pair.Second))),
        x.Sum(value => Math.Pow(Math.Abs(value), 0.8) + 5 * Math.Sin(value * value * value)),
    ];

    private static double[] Fonseca(double[] x)
    {
        var shift = 1 / Math.Sqrt(x.Length);
        return [1 - Math.Exp(-x.Sum(value => Square(value - shift))), 1 - Math.Exp(-x.Sum(value => Square(value + shift)))];
    }

    private static double[] Sphere(double[] x)
    {
        var g = x[2..].Sum(value => Square(value - 0.5));
        var (a, b) = (x[0] * Math.PI / 2, x[1] * Math.PI / 2);
        return [(1 + g) * Math.Cos(a) * Math.Cos(b), (1 + g) * Math.Cos(a) * Math.Sin(b), (1 + g) * Math.Sin(a)];
    }

    private static double Square(double value) => value * value;
}
