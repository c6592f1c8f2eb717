using System.Text.Json.Serialization;

namespace Serverless.Contracts.Prices;

/// <summary>A row of the price file: a size of virtual machine in a region, and what it was seen to cost. Members are written in this order.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PricedSize
{
    /// <summary>The provider's name of it, such as <c>Standard_NC4as_T4_v3</c>.</summary>
    public required string Size { get; init; }

    /// <summary>Logical processors; they count against the quota of the size's family.</summary>
    public required int VCpus { get; init; }

    /// <summary>Memory in GiB.</summary>
    public required double MemoryGiB { get; init; }

    /// <summary>The GPUs' type in lower case, such as <c>t4</c>; null when it has none.</summary>
    public string? Gpu { get; init; }

    /// <summary>How many GPUs.</summary>
    public int GpuCount { get; init; }

    /// <summary>Price per hour of a machine that stays, Linux, without discounts.</summary>
    public required decimal PricePerHour { get; init; }

    /// <summary>Price per hour of a machine that may be taken away; null when none is known: then the size is not offered as spot.</summary>
    public decimal? SpotPricePerHour { get; init; }

    /// <summary>The provider's name of the region, such as <c>eastus</c>.</summary>
    public required string Region { get; init; }

    /// <summary>ISO 4217 code of the prices.</summary>
    public required string Currency { get; init; }

    /// <summary>Where the prices were seen.</summary>
    public required string Source { get; init; }

    /// <summary>When they were seen there.</summary>
    public required DateOnly Seen { get; init; }

    /// <summary>Whether they were read from the provider's own price list. Else they are good for an order of magnitude, and every sentence with one says so.</summary>
    public bool Verified { get; init; }

    /// <summary>Memory in bytes.</summary>
    [JsonIgnore]
    public long MemoryBytes => (long)(MemoryGiB * (1L << 30));

    /// <summary>The price of one kind of machine; null when it is not offered.</summary>
    public decimal? Price(bool spot) => spot ? SpotPricePerHour : PricePerHour;
}
