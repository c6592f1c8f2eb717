using Serverless.Tuning.Spaces;

namespace Serverless.Benchmarks.Tuning.Functions;

/// <summary>A function whose least value is known, over a space.</summary>
/// <param name="Name">Its name, the same on both sides of the benchmark.</param>
/// <param name="Space">What is searched.</param>
/// <param name="Optimum">The least value.</param>
/// <param name="Evaluate">The value at a point.</param>
internal sealed record TestFunction(string Name, SpaceDescription Space, double Optimum, Func<IReadOnlyDictionary<string, ParameterValue>, double> Evaluate)
{
    /// <summary>A function of numbers <c>x0</c>, <c>x1</c>, … in a box.</summary>
    public static TestFunction OfBox(string name, double optimum, Func<double[], double> function, params (double Low, double High)[] box) => new(
        name,
        new SpaceDescription([.. box.Select((side, i) => new FloatParameter($"x{i}", side.Low, side.High))]),
        optimum,
        values => function([.. box.Select((_, i) => values[$"x{i}"].Number)]));
}
