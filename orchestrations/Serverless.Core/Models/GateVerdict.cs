using Serverless.Contracts.Models;

namespace Serverless.Core.Models;

/// <summary>How a gate came out.</summary>
/// <param name="Passed">Whether all conditions hold.</param>
/// <param name="Results">Each condition with the value it was held against.</param>
/// <param name="Message">Which conditions do not hold: metric, value, threshold; null when all do.</param>
public sealed record GateVerdict(bool Passed, IReadOnlyList<GateResult> Results, string? Message);
