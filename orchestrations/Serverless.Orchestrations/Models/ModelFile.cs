namespace Serverless.Orchestrations.Models;

/// <summary>A model file in its place in the registry.</summary>
/// <param name="Name">The model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha256">SHA-256 of the file.</param>
/// <param name="SizeBytes">Its length in bytes.</param>
internal sealed record ModelFile(string Name, int Version, string Sha256, long SizeBytes);
