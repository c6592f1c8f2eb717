using System.Globalization;

namespace Serverless.Onnx.Parity;

/// <summary>What came of comparing an exported model with its original.</summary>
/// <param name="Tolerance">What was allowed.</param>
/// <param name="Deviations">One for each output of each run.</param>
public sealed record ParityReport(ParityTolerance Tolerance, IReadOnlyList<OutputDeviation> Deviations)
{
    private const string Prefix = "serverless.parity.";

    /// <summary>The largest absolute difference of all.</summary>
    public double Largest => Deviations.Count == 0 ? 0 : Deviations.Max(each => each.Largest);

    /// <summary>Whether there was something to compare, and all of it was within the tolerance.</summary>
    public bool Passed => Deviations.Count > 0 && Deviations.All(each => each.IsWithin);

    /// <summary>How often the allowed difference fits into the one that is furthest from it: above 1 fails.</summary>
    public double Excess => Deviations.Count == 0 ? 0 : Deviations.Max(each => each.Excess);

    /// <summary>What goes into the model's metadata: <c>serverless.parity.deviation</c>, <c>.tolerance</c>, <c>.excess</c> and <c>.runs</c>. The registry reads it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata =>
    [
        new(Prefix + "deviation", Largest.ToString("R", CultureInfo.InvariantCulture)),
        new(Prefix + "tolerance", Tolerance.ToString()),
        new(Prefix + "excess", Excess.ToString("R", CultureInfo.InvariantCulture)),
        new(Prefix + "runs", string.Join("; ", Deviations.Select(each => each.Sizes).Distinct(StringComparer.Ordinal))),
    ];

    /// <summary>Says which outputs are too far, at which sizes, by how much, and what to do.</summary>
    public string Failure => Deviations.Count == 0
        ? "Nothing was compared. Give an output."
        : $"The exported model does not agree with the original: {string.Join("; ", Deviations.Where(each => !each.IsWithin).OrderByDescending(each => each.Excess).Take(8))}. "
            + $"Allowed is {Tolerance}. Nothing was written. Look for randomness in forward, or for values that depend on more than its inputs; if the difference is acceptable, raise the tolerance.";
}
