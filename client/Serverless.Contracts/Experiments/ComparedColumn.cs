namespace Serverless.Contracts.Experiments;

/// <summary>A column of a comparison.</summary>
/// <param name="Group">What it speaks of.</param>
/// <param name="Name">Its name within the group; of a metric with <c>:min</c>, <c>:max</c> or <c>:best</c> when not its last value was asked for.</param>
/// <param name="Differs">Whether not all runs have the same there; numbers that are equal are the same however they are written. With fewer than two runs: true.</param>
public sealed record ComparedColumn(ColumnGroup Group, string Name, bool Differs);
