using System.Globalization;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Models;
using Serverless.Core.Names;

namespace Serverless.Core.Models;

/// <summary>Whether a model may be deployed: all conditions must hold on the last values of its job's metrics.</summary>
public static class Gate
{
    /// <summary>Evaluates the conditions. A metric that was never reported, or whose last value is not a finite number, holds none.</summary>
    /// <param name="gates">The conditions; none: passed.</param>
    /// <param name="metrics">The last value of each metric.</param>
    public static GateVerdict Evaluate(IReadOnlyList<GateSpec> gates, IReadOnlyDictionary<string, double> metrics)
    {
        var results = gates.Select(gate =>
        {
            double? value = metrics.TryGetValue(gate.Metric, out var last) ? last : null;
            return new GateResult(gate, value, value is { } v && double.IsFinite(v) && Holds(gate, v));
        }).ToList();
        var failed = results.Where(result => !result.Passed).Select(Words).ToList();
        return failed.Count == 0
            ? new GateVerdict(true, results, null)
            : new GateVerdict(false, results, $"The model does not pass the gate: {string.Join(" ", failed)}");
    }

    private static bool Holds(GateSpec gate, double value) => gate.Operator switch
    {
        GateOperator.AtLeast => value >= gate.Threshold,
        GateOperator.AtMost => value <= gate.Threshold,
        GateOperator.Above => value > gate.Threshold,
        GateOperator.Below => value < gate.Threshold,
        _ => throw new ArgumentOutOfRangeException(nameof(gate), gate.Operator, null),
    };

    private static string Words(GateResult result)
    {
        var metric = Shown.Quote(result.Gate.Metric);
        var asked = string.Create(CultureInfo.InvariantCulture, $"{Word(result.Gate.Operator)} {result.Gate.Threshold} is asked for");
        return result.Value switch
        {
            null => $"the metric {metric} was never reported ({asked}).",
            { } value when !double.IsFinite(value) => string.Create(CultureInfo.InvariantCulture, $"the last value of {metric} is {value}, which is no finite number ({asked})."),
            { } value => string.Create(CultureInfo.InvariantCulture, $"{metric} is {value}; {asked}."),
        };
    }

    private static string Word(GateOperator gate) => gate switch
    {
        GateOperator.AtLeast => "at least",
        GateOperator.AtMost => "at most",
        GateOperator.Above => "above",
        GateOperator.Below => "below",
        _ => throw new ArgumentOutOfRangeException(nameof(gate), gate, null),
    };
}
