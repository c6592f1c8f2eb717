namespace Serverless.Infra.Compute.Quotas;

/// <summary>How much of a quota is used, in vCPUs.</summary>
/// <param name="Used">Used now, by anybody of the subscription.</param>
/// <param name="Limit">The most that may be used.</param>
internal sealed record QuotaUse(long Used, long Limit);
