using Serverless.Core.Compute;

namespace Serverless.Api.Access;

/// <summary>Who calls.</summary>
/// <param name="Name">For the log: the key's name, the node's id, or <c>anonymous</c>.</param>
/// <param name="Node">The node, on routes for nodes.</param>
public sealed record Caller(string Name, NodeIdentity? Node = null);
