namespace Serverless.Core.Models;

/// <summary>A version number given to a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Version">The number.</param>
public sealed record ModelNumber(string JobId, int Version);
