namespace Serverless.Contracts.Studies.Plans;

/// <summary>What a study can cost at most, by its limits, whatever its trials do.</summary>
/// <param name="Cost">At most so much; it does not hold what machines cost while they boot or wait.</param>
/// <param name="Why">Which limit says so: a sentence.</param>
public sealed record PlanCeiling(decimal Cost, string Why);
