namespace Serverless.Infra.Compute.Quotas;

/// <summary>What Azure's list of sizes says of one in a region.</summary>
/// <param name="Family">The quota that its vCPUs count against; null when the list does not say.</param>
/// <param name="Restriction">Why this subscription may not have it there; null when it may.</param>
internal sealed record SizeFacts(string? Family, string? Restriction);
