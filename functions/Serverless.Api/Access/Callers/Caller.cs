using Serverless.Core.Compute;

namespace Serverless.Api.Access.Callers;

/// <summary>Who calls.</summary>
/// <param name="Name">For the log: the key's name, <c>entra:</c> with the account's object id, the node's id, or <c>anonymous</c>.</param>
/// <param name="Scopes">What the caller may do.</param>
/// <param name="Endpoint">The one endpoint that the caller may ask; null: no such limit.</param>
/// <param name="Node">The node, on routes for nodes.</param>
public sealed record Caller(string Name, AccessScopes Scopes = AccessScopes.None, string? Endpoint = null, NodeIdentity? Node = null);
