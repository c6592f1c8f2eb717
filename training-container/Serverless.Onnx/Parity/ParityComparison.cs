using System.Globalization;
using Serverless.Onnx.Graphs;

namespace Serverless.Onnx.Parity;

/// <summary>Compares what a model gave with what the original gave.</summary>
public static class ParityComparison
{
    /// <summary>Compares one output.</summary>
    /// <param name="original">What the original gave; its name is the output's.</param>
    /// <param name="exported">What the exported model gave. A floating-point type may be another than the original's (a model in 16 bits).</param>
    /// <param name="tolerance">What is allowed.</param>
    /// <param name="sizes">The sizes of the run, for messages.</param>
    public static OutputDeviation Compare(OnnxTensor original, OnnxTensor exported, ParityTolerance tolerance, string sizes)
    {
        if (!original.Dims.SequenceEqual(exported.Dims))
            return Other(original, sizes, $"the shape is [{string.Join(", ", exported.Dims)}], the original's is [{string.Join(", ", original.Dims)}]");
        var inexact = ElementTypes.IsFloat(original.Element);
        if (inexact ? !ElementTypes.IsFloat(exported.Element) : original.Element != exported.Element)
            return Other(original, sizes, $"the type is {exported.Element}, the original's is {original.Element}");
        var (expected, actual) = (TensorNumbers.Read(original), TensorNumbers.Read(exported));
        double largest = 0, excess = 0;
        var at = -1;
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Difference(expected[i], actual[i]);
            var over = difference == 0 ? 0 : inexact ? difference / tolerance.AllowedBeside(double.IsFinite(expected[i]) ? expected[i] : 0) : double.PositiveInfinity;
            largest = Math.Max(largest, difference);
            if (over <= excess && at >= 0)
                continue;
            (excess, at) = (over, i);
        }

        return new(original.Name, sizes, largest, excess, at < 0 ? "no elements" : Place(original.Dims, at, expected[at], actual[at]));
    }

    private static double Difference(double expected, double actual)
    {
        if (expected.Equals(actual)) // equal infinities, and two that are no numbers
            return 0;
        var difference = Math.Abs(expected - actual);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static OutputDeviation Other(OnnxTensor original, string sizes, string what) => new(original.Name, sizes, double.PositiveInfinity, double.PositiveInfinity, what);

    private static string Place(IReadOnlyList<long> dims, long flat, double expected, double actual)
    {
        var index = new long[dims.Count];
        for (var axis = dims.Count - 1; axis >= 0; axis--)
            (flat, index[axis]) = Math.DivRem(flat, dims[axis]);
        return string.Create(CultureInfo.InvariantCulture, $"at [{string.Join(", ", index)}] {actual:R} instead of {expected:R}");
    }
}
