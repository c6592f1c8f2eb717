using Serverless.Tuning.Spaces;

namespace Serverless.Benchmarks.Tuning.Fronts;

/// <summary>Several losses over a space.</summary>
/// <param name="Name">Its name, the same on both sides of the benchmark.</param>
/// <param name="Space">What is searched.</param>
/// <param name="Reference">The point up to which a front's volume is measured.</param>
/// <param name="Evaluate">The losses at a point.</param>
internal sealed record FrontProblem(string Name, SpaceDescription Space, double[] Reference, Func<IReadOnlyDictionary<string, ParameterValue>, double[]> Evaluate)
{
    /// <summary>Losses of numbers <c>x0</c>, <c>x1</c>, … that lie in one range.</summary>
    public static FrontProblem OfCube(string name, int dimensions, double low, double high, double[] reference, Func<double[], double[]> losses) => new(
        name,
        new SpaceDescription([.. Enumerable.Range(0, dimensions).Select(i => new FloatParameter($"x{i}", low, high))]),
        reference,
        values => losses([.. Enumerable.Range(0, dimensions).Select(i => values[$"x{i}"].Number)]));
}
