namespace Serverless.Contracts.Jobs;

/// <summary>A condition on the last value of a metric.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Threshold">What it is compared with; finite.</param>
public sealed record GateSpec(string Metric, GateOperator Operator, double Threshold);
