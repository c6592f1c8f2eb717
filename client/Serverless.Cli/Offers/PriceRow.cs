namespace Serverless.Cli.Offers;

/// <summary>A size in a region, as the price file has it (<c>infra/Serverless.Infra.Compute/Offers/azure-sizes.json</c>).</summary>
internal sealed record PriceRow
{
    public required string Size { get; init; }

    public required int VCpus { get; init; }

    public required double MemoryGiB { get; init; }

    public string? Gpu { get; init; }

    public int GpuCount { get; init; }

    public required decimal PricePerHour { get; init; }

    public decimal? SpotPricePerHour { get; init; }

    public required string Region { get; init; }

    public required string Currency { get; init; }

    public required string Source { get; init; }

    public required DateOnly Seen { get; init; }

    public bool Verified { get; init; }
}
