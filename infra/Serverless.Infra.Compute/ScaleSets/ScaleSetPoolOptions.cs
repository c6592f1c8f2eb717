using Serverless.Contracts.Prices;

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
    public required IReadOnlyList<PricedSize> Prices { get; init; }

    /// <summary>Most times that one call is made. Default: 5.</summary>
    public int MaxTries { get; init; } = 5;

    /// <summary>Longest wait in all between the tries of one call. Default: a minute, what an activity can well wait.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long Azure's list of a region's sizes is taken for true. Default: an hour; it changes within weeks.</summary>
    public TimeSpan SizesHold { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a region's quotas are taken for true. Default: 30 s, so that a hundred submissions ask once.</summary>
    public TimeSpan QuotasHold { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a submission waits for what Azure says of a region; without an answer nothing is said of shortages. Default: 5 s: a person waits there.</summary>
    public TimeSpan RegionPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it is said that Azure gave no machine. Default: 15 min.</summary>
    public TimeSpan RefusalHolds { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long what a look at a scale set found is told to others who want no more machines. Default: 15 s: eight reads a minute, of the twelve that Compute answers.</summary>
    public TimeSpan LookHolds { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Least time between two looks, also when more machines are wanted. Default: 2 s: little beside a machine's start, and 25 jobs that come at once make two or three looks.</summary>
    public TimeSpan LookGap { get; init; } = TimeSpan.FromSeconds(2);
}
