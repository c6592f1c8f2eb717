namespace Serverless.Core.Compute;

/// <summary>How many nodes a pool shall have.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Count">At least so many, 0 to the pool's limit.</param>
public sealed record PoolTarget(string Pool, int Count);
