namespace Serverless.Tuning.Numerics;

/// <summary>
/// Minimises a smooth function in a box: limited-memory BFGS on the variables that no bound holds, a projected line search with backtracking
/// (Nocedal and Wright, Numerical Optimization, 2006, algorithms 7.4 and 16.5 in their simplest form).
/// </summary>
/// <param name="dimension">How many variables there are.</param>
internal sealed class BoundedMinimizer(int dimension)
{
    private const int Memory = 8;
    private const int MaxHalvings = 12;
    private readonly double[][] steps = Rows(dimension), changes = Rows(dimension);
    private readonly double[] inverses = new double[Memory], factors = new double[Memory];
    private readonly double[] gradient = new double[dimension], next = new double[dimension], nextGradient = new double[dimension], direction = new double[dimension];

    /// <summary>A function: writes its gradient and returns its value; an infinite or NaN value is a place to stay away from.</summary>
    public delegate double Function(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>Walks from <paramref name="point"/>, which ends at the best place met, and returns the value there.</summary>
    /// <param name="function">What to minimise.</param>
    /// <param name="point">Start within the bounds; result.</param>
    /// <param name="lower">Lower bounds.</param>
    /// <param name="upper">Upper bounds.</param>
    /// <param name="maxEvaluations">Evaluations at most.</param>
    /// <param name="tolerance">Ends when a step gains less than this.</param>
    public double Minimize(Function function, Span<double> point, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, int maxEvaluations, double tolerance)
    {
        var value = function(point, gradient);
        var kept = 0;
        for (var evaluations = 1; evaluations < maxEvaluations && double.IsFinite(value);)
        {
            var slope = Direct(kept, point, lower, upper);
            if (!(slope < -1e-14))
                break;
            var length = kept == 0 ? Math.Min(1, 0.1 / Math.Sqrt(VectorMath.Dot(direction, direction))) : 1.0;
            var nextValue = double.PositiveInfinity;
            var accepted = false;
            for (var halving = 0; halving < MaxHalvings && evaluations < maxEvaluations; halving++)
            {
                var descent = 0.0;
                for (var i = 0; i < dimension; i++)
                {
                    next[i] = Math.Clamp(point[i] + length * direction[i], lower[i], upper[i]);
                    descent += gradient[i] * (next[i] - point[i]);
                }

                nextValue = function(next, nextGradient);
                evaluations++;
                accepted = nextValue <= value + 1e-4 * descent && descent < 0;
                if (accepted)
                    break;
                // The minimum of the parabola through value, slope and the new value, kept within a tenth and a half.
                var parabola = double.IsFinite(nextValue) ? -descent / (2 * (nextValue - value - descent)) : 0.1;
                length *= Math.Clamp(parabola, 0.1, 0.5);
            }

            if (!accepted)
            {
                if (kept == 0)
                    break;
                kept = 0;
                continue;
            }

            kept = Remember(kept, point);
            var gain = value - nextValue;
            value = nextValue;
            next.CopyTo(point);
            nextGradient.CopyTo(gradient, 0);
            if (gain < tolerance)
                break;
        }

        return value;
    }

    private double Direct(int kept, ReadOnlySpan<double> point, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        for (var i = 0; i < dimension; i++)
            direction[i] = Held(i, point, lower, upper) ? 0 : -gradient[i];
        for (var k = 0; k < kept; k++)
        {
            factors[k] = inverses[k] * VectorMath.Dot(steps[k], direction);
            VectorMath.AddScaled(direction, -factors[k], changes[k]);
        }

        if (kept > 0)
        {
            var scale = 1 / (inverses[0] * VectorMath.Dot(changes[0], changes[0]));
            for (var i = 0; i < dimension; i++)
                direction[i] *= scale;
        }

        for (var k = kept - 1; k >= 0; k--)
            VectorMath.AddScaled(direction, factors[k] - inverses[k] * VectorMath.Dot(changes[k], direction), steps[k]);
        for (var i = 0; i < dimension; i++)
        {
            if (Held(i, point, lower, upper))
                direction[i] = 0;
        }

        return VectorMath.Dot(direction, gradient);
    }

    private bool Held(int i, ReadOnlySpan<double> point, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper) =>
        (point[i] <= lower[i] && gradient[i] > 0) || (point[i] >= upper[i] && gradient[i] < 0);

    /// <summary>The newest pair goes first; one without curvature is left out.</summary>
    private int Remember(int kept, ReadOnlySpan<double> point)
    {
        var (step, change) = (steps[Memory - 1], changes[Memory - 1]);
        for (var i = 0; i < dimension; i++)
            (step[i], change[i]) = (next[i] - point[i], nextGradient[i] - gradient[i]);
        var curvature = VectorMath.Dot(step, change);
        if (!(curvature > 1e-10 * VectorMath.Dot(change, change)) || !(curvature > 0))
            return kept;
        for (var k = Memory - 1; k > 0; k--)
            (steps[k], changes[k], inverses[k]) = (steps[k - 1], changes[k - 1], inverses[k - 1]);
        (steps[0], changes[0], inverses[0]) = (step, change, 1 / curvature);
        return Math.Min(kept + 1, Memory - 1);
    }

    private static double[][] Rows(int dimension) => [.. Enumerable.Range(0, Memory).Select(_ => new double[dimension])];
}
