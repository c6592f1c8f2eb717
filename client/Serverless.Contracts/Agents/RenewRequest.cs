namespace Serverless.Contracts.Agents;

/// <summary>Keeps a claim. Answered by <see cref="RenewResponse"/>, or 409 <c>stale_epoch</c> when the claim is over: the agent then kills the program at once.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="Epoch">The claim's epoch.</param>
public sealed record RenewRequest(string NodeId, int Epoch);
