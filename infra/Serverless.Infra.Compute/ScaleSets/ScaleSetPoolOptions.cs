using Serverless.Infra.Compute.Offers;

namespace Serverless.Infra.Compute.ScaleSets;

/// <summary>Which scale sets are ours, and how they are spoken of.</summary>
public sealed record ScaleSetPoolOptions
{
    /// <summary>The subscription.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The resource group. It is looked through for what is ours, so it had better be ours alone.</summary>
    public required string ResourceGroup { get; init; }

    /// <summary>Who owns the sets, such as the environment's name; two owners in one group leave each other's sets alone.</summary>
    public required string Owner { get; init; }

    /// <summary>The pools.</summary>
    public required IReadOnlyList<ScaleSetTemplate> Templates { get; init; }

    /// <summary>What sizes cost.</summary>
    public required IReadOnlyList<AzureSize> Prices { get; init; }

    /// <summary>Most times that one call is made. Default: 5.</summary>
    public int MaxTries { get; init; } = 5;

    /// <summary>Longest wait in all between the tries of one call. Default: a minute, what an activity can well wait.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(1);
}
