namespace Serverless.Cli.Offers;

/// <summary>A price of Azure's retail price list: the members that we look at.</summary>
internal sealed record RetailItem
{
    public string? CurrencyCode { get; init; }

    public decimal RetailPrice { get; init; }

    public decimal TierMinimumUnits { get; init; }

    public string? ArmRegionName { get; init; }

    public string? ArmSkuName { get; init; }

    public string? SkuName { get; init; }

    public string? ProductName { get; init; }

    public string? UnitOfMeasure { get; init; }

    public string? Type { get; init; }

    public DateTimeOffset EffectiveStartDate { get; init; }
}
