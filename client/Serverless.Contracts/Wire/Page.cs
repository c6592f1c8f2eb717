namespace Serverless.Contracts.Wire;

/// <summary>One page of a list, newest first.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page; null when this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
