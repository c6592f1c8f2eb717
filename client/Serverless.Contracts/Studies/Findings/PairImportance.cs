namespace Serverless.Contracts.Studies.Findings;

/// <summary>How much two parameters matter together.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
/// <param name="Value">The part of the variance that the two explain together beyond what each does by itself, 0 to 1.</param>
/// <param name="Trials">In how many of the trials both are there.</param>
public sealed record PairImportance(string First, string Second, double Value, int Trials);
