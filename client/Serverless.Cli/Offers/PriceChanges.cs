namespace Serverless.Cli.Offers;

/// <summary>What a refresh did.</summary>
/// <param name="File">The price file.</param>
/// <param name="Refreshed">Sizes whose prices were on the list, as <c>region/size</c>.</param>
/// <param name="Missing">Sizes that were not: they keep their old price and are not verified, or are left out where they had none.</param>
internal sealed record PriceChanges(string File, IReadOnlyList<string> Refreshed, IReadOnlyList<string> Missing);
