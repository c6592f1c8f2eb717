using System.Globalization;
using Serverless.Contracts.Jobs;

namespace Serverless.Cli.Jobs;

/// <summary>A gate as it is typed: <c>accuracy&gt;=0.93</c>. Operators: &gt;= ≥ &lt;= ≤ &gt; &lt;.</summary>
internal static class GateText
{
    private static readonly (string Sign, GateOperator Operator)[] Signs =
    [
        (">=", GateOperator.AtLeast), ("≥", GateOperator.AtLeast), ("<=", GateOperator.AtMost), ("≤", GateOperator.AtMost),
        (">", GateOperator.Above), ("<", GateOperator.Below),
    ];

    /// <summary>Reads a gate.</summary>
    /// <exception cref="FormatException">It is of another form.</exception>
    public static GateSpec Parse(string text)
    {
        foreach (var (sign, comparison) in Signs)
        {
            var at = text.IndexOf(sign, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var metric = text[..at].Trim();
            if (metric.Length > 0 && double.TryParse(text.AsSpan(at + sign.Length).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var threshold) && double.IsFinite(threshold))
                return new GateSpec(metric, comparison, threshold);
            break;
        }

        throw new FormatException("Write a metric, one of >=, <=, >, <, and a number: 'accuracy>=0.93'.");
    }

    /// <summary>A gate in words.</summary>
    public static string Write(GateSpec gate) => $"{gate.Metric} {Sign(gate.Operator)} {gate.Threshold.ToString(CultureInfo.InvariantCulture)}";

    private static string Sign(GateOperator comparison) => comparison switch
    {
        GateOperator.AtLeast => "≥",
        GateOperator.AtMost => "≤",
        GateOperator.Above => ">",
        GateOperator.Below => "<",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "No such operator."),
    };
}
