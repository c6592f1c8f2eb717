namespace Serverless.Contracts.Experiments;

/// <summary>What a run reported of a metric.</summary>
/// <param name="Last">The last value; NaN and infinities are allowed and written as text.</param>
/// <param name="Min">The smallest value that was a number; null when it is not known.</param>
/// <param name="Max">The largest value that was a number; null when it is not known.</param>
public sealed record RunMetric(double Last, double? Min, double? Max);
