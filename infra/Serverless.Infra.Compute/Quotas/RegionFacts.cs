namespace Serverless.Infra.Compute.Quotas;

/// <summary>What Azure says of a region: its sizes and the subscription's quotas.</summary>
/// <param name="Sizes">The sizes that we use, by name; one that is not there is not offered there.</param>
/// <param name="Quotas">The quotas, by name.</param>
internal sealed record RegionFacts(IReadOnlyDictionary<string, SizeFacts> Sizes, IReadOnlyDictionary<string, QuotaUse> Quotas);
