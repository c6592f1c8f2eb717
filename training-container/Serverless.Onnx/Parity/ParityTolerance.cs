using System.Globalization;

namespace Serverless.Onnx.Parity;

/// <summary>
/// How far an exported model's output may be from the original's: |difference| ≤ absolute + relative · |original|, element by element, as numpy's <c>allclose</c> has it.
/// Integers and truth values must be equal, whatever the tolerance.
/// </summary>
/// <param name="Absolute">The part that does not grow with the value; at least 0.</param>
/// <param name="Relative">The part that does; at least 0.</param>
public sealed record ParityTolerance(double Absolute, double Relative)
{
    /// <summary>For 32-bit weights: 1e-4 and 1e-4. Rounding alone stays two orders below (1e-6 in twelve layers).</summary>
    public static readonly ParityTolerance Single = new(1e-4, 1e-4);

    /// <summary>For 16-bit weights: 1e-2 and 1e-2; 11 bits of a number are 5e-4, and a network adds some of them up.</summary>
    public static readonly ParityTolerance Half = new(1e-2, 1e-2);

    /// <summary>For 8-bit weights: 1e-1 and 1e-1; a weight has 256 steps. A classifier should be judged by its metric instead.</summary>
    public static readonly ParityTolerance Quantized = new(1e-1, 1e-1);

    /// <summary>The largest difference that is allowed beside a value.</summary>
    public double AllowedBeside(double original) => Absolute + (Relative * Math.Abs(original));

    /// <summary>As in messages: <c>1E-04 + 1E-04 · |value|</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Absolute:0.###E+00} + {Relative:0.###E+00} · |value|");
}
