namespace Serverless.Benchmarks.Tuning.Functions;

/// <summary>The functions of the tuning benchmark.</summary>
internal static class TestFunctions
{
    private static readonly double[] Shift = [12.3, -8.7, 5.1, -14.2, 9.9, -3.3, 17.6, -11.4, 7.2, -19.5];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<TestFunction> All { get; } =
    [
        TestFunction.OfBox("branin2", 0.39788735772973816, BoxFunctions.Branin, (-5, 10), (0, 15)),
        TestFunction.OfBox("hartmann6", -3.322368011391339, BoxFunctions.Hartmann, Cube(6, 0, 1)),
        TestFunction.OfBox("ackley10", 0, BoxFunctions.Ackley, Cube(10, -32.768, 32.768)),
        TestFunction.OfBox("ackley10s", 0, x => BoxFunctions.Ackley([.. x.Zip(Shift, (value, shift) => value - shift)]), Cube(10, -32.768, 32.768)),
        TestFunction.OfBox("rosenbrock5", 0, BoxFunctions.Rosenbrock, Cube(5, -5, 10)),
        TestFunction.OfBox("levy4", 0, BoxFunctions.Levy, Cube(4, -10, 10)),
        MixedFunction.Create(),
    ];

    private static (double Low, double High)[] Cube(int dimensions, double low, double high) => [.. Enumerable.Repeat((low, high), dimensions)];
}
