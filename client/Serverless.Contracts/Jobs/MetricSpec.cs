namespace Serverless.Contracts.Jobs;

/// <summary>How one metric is read from the program's output.</summary>
/// <param name="Name">The metric's name.</param>
/// <param name="Pattern">A regular expression whose first group is the number; matched without backtracking against each line of stdout and stderr. At most 1,000 characters.</param>
public sealed record MetricSpec(string Name, string Pattern);
