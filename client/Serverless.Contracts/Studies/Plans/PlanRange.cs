namespace Serverless.Contracts.Studies.Plans;

/// <summary>What a figure comes to.</summary>
/// <param name="Low">In a tenth of the cases it is less.</param>
/// <param name="Median">In half of them it is less.</param>
/// <param name="High">In a tenth of them it is more.</param>
public sealed record PlanRange(double Low, double Median, double High);
