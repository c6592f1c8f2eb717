using Serverless.Tuning.Numerics;

namespace Serverless.Orchestrations.Tests.Tuning.Numerics;

public sealed class BoundedMinimizerTests
{
    [Fact]
    public void Minimize_Rosenbrock_EndsAtItsMinimum()
    {
        double[] point = [-1.2, 1];

        var value = new BoundedMinimizer(2).Minimize(Rosenbrock, point, [-5, -5], [5, 5], 200, 1e-15);

        Assert.Equal(0, value, 1e-8);
        Assert.Equal(1, point[0], 1e-3);
    }

    /// <summary>With x at most 0.5 the least is (1 − 0.5)² at y = x².</summary>
    [Fact]
    public void Minimize_WithTheMinimumOutside_EndsAtTheBound()
    {
        double[] point = [-1.2, 1];

        var value = new BoundedMinimizer(2).Minimize(Rosenbrock, point, [-5, -5], [0.5, 5], 200, 1e-15);

        Assert.Equal(0.25, value, 1e-6);
        Assert.Equal(0.5, point[0]);
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var gap = x[1] - x[0] * x[0];
        gradient[0] = -400 * x[0] * gap - 2 * (1 - x[0]);
        gradient[1] = 200 * gap;
        return 100 * gap * gap + (1 - x[0]) * (1 - x[0]);
    }
}
