namespace Serverless.Core.Compute;

/// <summary>Who speaks in the agent protocol.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Pool">Its pool.</param>
public sealed record NodeIdentity(string NodeId, string Pool);
