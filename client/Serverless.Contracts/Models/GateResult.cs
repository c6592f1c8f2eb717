using Serverless.Contracts.Jobs;

namespace Serverless.Contracts.Models;

/// <summary>How a condition of a gate came out.</summary>
/// <param name="Gate">The condition.</param>
/// <param name="Value">The metric's last value; null when it was never reported.</param>
/// <param name="Passed">Whether it holds.</param>
public sealed record GateResult(GateSpec Gate, double? Value, bool Passed);
