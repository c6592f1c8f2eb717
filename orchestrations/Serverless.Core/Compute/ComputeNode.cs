namespace Serverless.Core.Compute;

/// <summary>A machine as its provider sees it.</summary>
/// <param name="Id">The node's id.</param>
/// <param name="Pool">Its pool.</param>
/// <param name="Size">Its offer's size.</param>
/// <param name="State">Whether it comes, runs or goes.</param>
/// <param name="CreatedAt">When it was asked for.</param>
public sealed record ComputeNode(string Id, string Pool, string Size, ComputeNodeState State, DateTimeOffset CreatedAt);
