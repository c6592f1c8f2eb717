namespace Serverless.Contracts.Agents;

/// <summary>A short-lived address for one file and one verb (GET or PUT). It is its own proof: no key goes with it.</summary>
/// <param name="Url">Absolute, or relative to the host's address.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LocalPath">The same bytes on a disk that node and host may share; an agent that cannot read it uses <paramref name="Url"/>. For reading only.</param>
public sealed record FileAddress(string Url, DateTimeOffset ExpiresAt, string? LocalPath = null);
