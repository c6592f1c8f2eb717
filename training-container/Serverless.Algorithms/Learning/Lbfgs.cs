using System.Numerics.Tensors;

namespace Serverless.Algorithms.Learning;

/// <summary>
/// L-BFGS for a smooth convex function (Liu and Nocedal, 1989), with a line search by bisection for the weak Wolfe conditions (Lewis and Overton, 2013). All it knows is in
/// <see cref="Point"/>, <see cref="Steps"/>, <see cref="Changes"/> and <see cref="Iteration"/>: put back, it goes on with the same numbers.
/// </summary>
internal sealed class Lbfgs
{
    private const int Memory = 10;
    private const double Decrease = 1e-4;
    private const double Curvature = 0.9;
    private const int MaxTrials = 30;
    private readonly Func<double[], double[], double> evaluate;
    private readonly List<double[]> steps;
    private readonly List<double[]> changes;
    private readonly double[] direction;
    private double[] gradient;
    private double[] trial;
    private double[] trialGradient;

    /// <summary>Starts, or goes on.</summary>
    /// <param name="evaluate">Gives the value at a point and writes the gradient.</param>
    /// <param name="point">Where to start.</param>
    /// <param name="iteration">Iterations made before.</param>
    /// <param name="steps">The last steps made before.</param>
    /// <param name="changes">The changes of the gradient along them.</param>
    public Lbfgs(Func<double[], double[], double> evaluate, double[] point, int iteration = 0, IEnumerable<double[]>? steps = null, IEnumerable<double[]>? changes = null)
    {
        this.evaluate = evaluate;
        this.steps = [.. steps ?? []];
        this.changes = [.. changes ?? []];
        Point = point;
        Iteration = iteration;
        gradient = new double[point.Length];
        trial = new double[point.Length];
        trialGradient = new double[point.Length];
        direction = new double[point.Length];
        Value = evaluate(Point, gradient);
    }

    /// <summary>Where it stands.</summary>
    public double[] Point { get; private set; }

    /// <summary>The value there.</summary>
    public double Value { get; private set; }

    /// <summary>The largest part of the gradient there.</summary>
    public double Slope => TensorPrimitives.MaxMagnitude<double>(gradient) is var largest ? Math.Abs(largest) : 0;

    /// <summary>Iterations made.</summary>
    public int Iteration { get; private set; }

    /// <summary>The last steps.</summary>
    public IReadOnlyList<double[]> Steps => steps;

    /// <summary>The changes of the gradient along them.</summary>
    public IReadOnlyList<double[]> Changes => changes;

    /// <summary>Makes one iteration.</summary>
    /// <returns>False when no step makes the value smaller: it stands at the minimum, as far as the numbers reach.</returns>
    public bool Step()
    {
        Direct();
        var slope = TensorPrimitives.Dot<double>(gradient, direction);
        if (!(slope < 0) || !Search(slope, out var value))
            return false;
        var step = new double[Point.Length];
        var change = new double[Point.Length];
        TensorPrimitives.Subtract(trial, Point, step);
        TensorPrimitives.Subtract(trialGradient, gradient, change);
        if (TensorPrimitives.Dot<double>(step, change) > 1e-14 * TensorPrimitives.Dot<double>(change, change))
            Remember(step, change);
        (Point, trial) = (trial, Point);
        (gradient, trialGradient) = (trialGradient, gradient);
        Value = value;
        Iteration++;
        return true;
    }

    private void Remember(double[] step, double[] change)
    {
        if (steps.Count == Memory)
        {
            steps.RemoveAt(0);
            changes.RemoveAt(0);
        }

        steps.Add(step);
        changes.Add(change);
    }

    /// <summary>The two-loop recursion.</summary>
    private void Direct()
    {
        var weights = new double[steps.Count];
        TensorPrimitives.Negate<double>(gradient, direction);
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            weights[i] = TensorPrimitives.Dot<double>(steps[i], direction) / TensorPrimitives.Dot<double>(steps[i], changes[i]);
            TensorPrimitives.MultiplyAdd(changes[i], -weights[i], direction, direction);
        }

        var scale = steps.Count == 0
            ? 1 / Math.Max(1e-12, Math.Sqrt(TensorPrimitives.SumOfSquares<double>(gradient)))
            : TensorPrimitives.Dot<double>(steps[^1], changes[^1]) / TensorPrimitives.SumOfSquares<double>(changes[^1]);
        TensorPrimitives.Multiply(direction, scale, direction);
        for (var i = 0; i < steps.Count; i++)
        {
            var back = TensorPrimitives.Dot<double>(changes[i], direction) / TensorPrimitives.Dot<double>(steps[i], changes[i]);
            TensorPrimitives.MultiplyAdd(steps[i], weights[i] - back, direction, direction);
        }
    }

    private bool Search(double slope, out double value)
    {
        double low = 0, high = double.PositiveInfinity, length = 1;
        for (var i = 0; i < MaxTrials; i++)
        {
            TensorPrimitives.MultiplyAdd(direction, length, Point, trial);
            value = evaluate(trial, trialGradient);
            if (!(value <= Value + Decrease * length * slope))
                high = length;
            else if (TensorPrimitives.Dot<double>(trialGradient, direction) < Curvature * slope)
                low = length;
            else
                return value < Value;
            length = double.IsFinite(high) ? (low + high) / 2 : 2 * low;
        }

        value = Value;
        return false;
    }
}
