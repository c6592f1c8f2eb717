using Serverless.Contracts.Prices;

namespace Serverless.Cli.Offers;

/// <summary>Puts the prices of Azure's list into the rows of the price file. Pure.</summary>
internal static class PriceUpdate
{
    /// <summary>The rows with what the list says.</summary>
    /// <param name="rows">The price file; each size in at least one region.</param>
    /// <param name="regions">The regions that were asked for; rows of others stay as they are.</param>
    /// <param name="items">What the list has of these regions and sizes.</param>
    /// <param name="source">Where the list is.</param>
    /// <param name="today">The date of the look.</param>
    /// <returns>The rows in the order of the file, those of new regions behind; and what was found and what was not, as <c>region/size</c>.</returns>
    public static (IReadOnlyList<PricedSize> Rows, IReadOnlyList<string> Refreshed, IReadOnlyList<string> Missing) Apply(
        IReadOnlyList<PricedSize> rows, IReadOnlyList<string> regions, IReadOnlyList<RetailItem> items, string source, DateOnly today)
    {
        List<string> refreshed = [], missing = [];
        var all = new List<PricedSize>();
        foreach (var row in rows)
            all.Add(regions.Contains(row.Region) ? Refresh(row, isNew: false) ?? row with { Verified = false } : row);
        foreach (var region in regions)
        {
            foreach (var size in rows.DistinctBy(row => row.Size).Where(size => !rows.Any(row => row.Size == size.Size && row.Region == region)))
            {
                if (Refresh(size with { Region = region }, isNew: true) is { } made)
                    all.Add(made);
            }
        }

        return (all, refreshed, missing);

        PricedSize? Refresh(PricedSize row, bool isNew)
        {
            var name = $"{row.Region}/{row.Size}";
            var (regular, spot) = (Find(items, row, isSpot: false), Find(items, row, isSpot: true));
            (regular is null ? missing : refreshed).Add(name);
            return regular is null
                ? null
                : row with { PricePerHour = regular.RetailPrice, SpotPricePerHour = spot?.RetailPrice, Currency = regular.CurrencyCode!, Source = source, Seen = today, Verified = true };
        }
    }

    /// <summary>The price of Linux per hour, of the newest date: a list may already have the next month's beside this one's.</summary>
    private static RetailItem? Find(IReadOnlyList<RetailItem> items, PricedSize row, bool isSpot) => items
        .Where(item => item.ArmRegionName == row.Region && string.Equals(item.ArmSkuName, row.Size, StringComparison.OrdinalIgnoreCase)
            && item is { Type: "Consumption", UnitOfMeasure: "1 Hour", RetailPrice: > 0, TierMinimumUnits: 0, CurrencyCode.Length: 3 }
            && item.ProductName?.Contains("Windows", StringComparison.OrdinalIgnoreCase) == false
            && item.SkuName?.Contains("Low Priority", StringComparison.OrdinalIgnoreCase) == false
            && item.SkuName.EndsWith(" Spot", StringComparison.OrdinalIgnoreCase) == isSpot)
        .MaxBy(item => item.EffectiveStartDate);
}
