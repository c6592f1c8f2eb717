using Serverless.Onnx.Graphs;
using Serverless.Onnx.Parity;

namespace Serverless.Onnx.Exporting;

/// <summary>
/// What an input looks like, learned from an example, so that others like it can be made: floating-point numbers by mean and standard deviation, integers by their range,
/// truth values by how often they are true.
/// </summary>
public sealed class InputProfile
{
    private readonly OnnxTensor example;
    private readonly double mean;
    private readonly double deviation;
    private readonly double least;
    private readonly double most;

    private InputProfile(OnnxTensor example)
    {
        this.example = example;
        double[] finite = [.. TensorNumbers.Read(example).Where(double.IsFinite)];
        if (finite.Length == 0)
            finite = [0];
        mean = finite.Average();
        deviation = Math.Sqrt(finite.Average(value => (value - mean) * (value - mean)));
        (least, most) = (finite.Min(), finite.Max());
        if (deviation == 0)
            deviation = 1; // an example of zeros says nothing about the spread
    }

    /// <summary>Learns from an example, whose name and type the others get.</summary>
    public static InputProfile Of(OnnxTensor example) => new(example);

    /// <summary>A tensor of the shape; the same seed gives the same.</summary>
    public OnnxTensor Make(IReadOnlyList<long> dims, int seed)
    {
        var random = new Random(seed);
        var values = new double[checked((int)(OnnxTensor.CountOf(dims) ?? throw new ArgumentException($"[{string.Join(", ", dims)}] is no shape.", nameof(dims))))];
        for (var i = 0; i < values.Length; i++)
            values[i] = Draw(random);
        return TensorNumbers.Write(example.Name, example.Element, dims, values);
    }

    private double Draw(Random random) => example.Element switch
    {
        ElementType.Bool => random.NextDouble() < mean ? 1 : 0,
        _ when !ElementTypes.IsFloat(example.Element) => Math.Floor(least + (random.NextDouble() * (most - least + 1))),
        _ => mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())), // Box and Muller 1958
    };
}
