using System.CommandLine;
using System.Globalization;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;
using Serverless.Contracts.Prices;

namespace Serverless.Cli.Offers;

/// <summary><c>offers refresh</c>: speaks to Azure's price list, not to a host.</summary>
internal static class OfferCommands
{
    private const int MaxRegions = 20;
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(100);

    public static Command Make(CommandBuilder build)
    {
        var file = CommandBuilder.Option("--file", "PATH", "The price file. Default: azure-sizes.json here; made when it is not there.");
        var region = CommandBuilder.Several("--region", "NAME", "A region by Azure's name, such as westeurope; may be repeated. Default: those of the file.");
        var source = CommandBuilder.Option("--source", "ADDRESS", $"The price list, over https. Default: {RetailPrices.Default}.");
        return CommandBuilder.Group("offers", "Prices of machines: refresh.", build.Make("refresh", "Read Azure's price list and write the price file.", [file, region, source], async run =>
        {
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
            return await RefreshAsync(run.Output, run.Io, handler, run.Get(file), run.Get(region) ?? [], run.Get(source), run.Cancel);
        }));
    }

    /// <summary>Refreshes.</summary>
    internal static async Task<int> RefreshAsync(Output output, CliIo io, HttpMessageHandler handler, string? file, IReadOnlyList<string> named, string? source, CancellationToken cancel)
    {
        var path = Path.GetFullPath(file ?? "azure-sizes.json", io.Folder);
        var address = RetailPrices.Source(source ?? RetailPrices.Default);
        var rows = PriceRows.Read(path);
        IReadOnlyList<string> regions = named.Count > 0 ? [.. named.Distinct()] : [.. rows.Select(row => row.Region).Distinct()];
        if (regions.Count > MaxRegions || regions.FirstOrDefault(name => name.Length is 0 or > 64 || !name.All(char.IsAsciiLetterOrDigit)) is not null)
            throw CliException.Usage($"There are {regions.Count} regions, or one is no name of a region.", $"Give at most {MaxRegions}, by Azure's names such as 'westeurope'.");

        using var http = new HttpClient(handler, disposeHandler: false) { Timeout = TimeOut };
        var prices = new RetailPrices(address, http, io.Clock);
        List<RetailItem> items = [];
        foreach (var region in regions)
        {
            output.Talk($"Reading the prices of {region}.");
            items.AddRange(await prices.ReadAsync(region, [.. rows.Select(row => row.Size).Distinct()], cancel));
        }

        var (updated, refreshed, missing) = PriceUpdate.Apply(rows, regions, items, address.ToString(), DateOnly.FromDateTime(io.Clock.GetUtcNow().UtcDateTime));
        PriceRows.Write(path, updated);
        if (output.IsJson)
            output.Json(new PriceChanges(path, refreshed, missing), OfferJson.Default.PriceChanges);
        else
            Show(output, rows, [.. updated.Where(row => regions.Contains(row.Region))]);
        if (missing.Count > 0)
            output.Hint($"{missing.Count} of {missing.Count + refreshed.Count} are not on the list; what had a price keeps it and is not verified: {string.Join(", ", missing)}.");
        return ExitCode.Ok;
    }

    private static void Show(Output output, IReadOnlyList<PricedSize> before, IReadOnlyList<PricedSize> rows)
    {
        var table = new TextTable("REGION", "SIZE", "PER HOUR>", "SPOT>", "BEFORE>", "VERIFIED");
        foreach (var row in rows)
        {
            var old = before.FirstOrDefault(one => one.Size == row.Size && one.Region == row.Region);
            table.Row(row.Region, row.Size, Text(row.PricePerHour), Text(row.SpotPricePerHour), Text(old?.PricePerHour), row.Verified ? "yes" : "no");
        }

        output.Table(table);
    }

    private static string? Text(decimal? amount) => amount?.ToString("0.00####", CultureInfo.InvariantCulture);
}
