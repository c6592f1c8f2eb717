namespace Serverless.Cli.Offers;

/// <summary>A page of Azure's retail price list.</summary>
internal sealed record RetailPage
{
    public IReadOnlyList<RetailItem>? Items { get; init; }

    public string? NextPageLink { get; init; }
}
