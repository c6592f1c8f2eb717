using System.Globalization;

namespace Serverless.Onnx.Parity;

/// <summary>How far one output of one run was from the original's.</summary>
/// <param name="Output">The output's name.</param>
/// <param name="Sizes">The sizes of the run, as in <c>batch 5, sequence 9</c>.</param>
/// <param name="Largest">The largest absolute difference; infinite when shapes or types differ or when a number stands beside none.</param>
/// <param name="Excess">How often the allowed difference fits into the one that is furthest from it: above 1 fails.</param>
/// <param name="Where">The place of the worst element, as in <c>[0, 3]</c>, with both values; or what differs about the shape.</param>
public sealed record OutputDeviation(string Output, string Sizes, double Largest, double Excess, string Where)
{
    /// <summary>Whether it is within the tolerance.</summary>
    public bool IsWithin => Excess <= 1;

    /// <summary>For messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"output '{Output}' at {Sizes}: largest deviation {Largest:0.##E+00}, {Where}");
}
