namespace Serverless.Contracts.Studies.Findings;

/// <summary>A parameter of which nothing can be said.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Trials">In how many of the trials it is there.</param>
public sealed record UnrankedParameter(string Name, UnrankedReason Reason, int Trials);
