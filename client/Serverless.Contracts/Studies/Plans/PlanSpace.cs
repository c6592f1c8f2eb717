namespace Serverless.Contracts.Studies.Plans;

/// <summary>How large a search space is.</summary>
/// <param name="Parameters">How many parameters are varied; constants are not among them.</param>
/// <param name="Conditional">How many of them are not always there.</param>
/// <param name="Points">How many points it has; null: any number, or too many to count.</param>
/// <param name="PresentShare">The part of the parameters that is there in a point drawn by chance, 0 to 1.</param>
/// <param name="PermittedShare">The part of the points drawn by chance that no forbidden combination rules out, 0 to 1.</param>
public sealed record PlanSpace(int Parameters, int Conditional, double? Points, double PresentShare, double PermittedShare);
