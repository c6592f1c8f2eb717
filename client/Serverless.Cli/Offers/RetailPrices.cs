using System.Globalization;
using System.Net;
using System.Text.Json;
using Serverless.Cli.Shell;
using Serverless.Cli.Terminal;

namespace Serverless.Cli.Offers;

/// <summary>
/// Reads Azure's retail price list (no sign-in; paged; OData filter). Over TLS only, no redirect is followed, and a page's link to the next one must lead to the same host.
/// Source: Azure Retail Prices, version 2023-01-01-preview.
/// </summary>
/// <param name="source">The list's address.</param>
/// <param name="http">Speaks; does not follow redirects.</param>
/// <param name="clock">Waits.</param>
internal sealed class RetailPrices(Uri source, HttpClient http, TimeProvider clock)
{
    /// <summary>Azure's own list.</summary>
    public const string Default = "https://prices.azure.com/api/retail/prices";

    private const int SizesPerQuery = 10;
    private const int MaxPages = 200;
    private const int MaxTries = 5;
    private const int MaxPageBytes = 8 << 20;
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(2);

    /// <summary>The address of a list, if it may be read.</summary>
    /// <exception cref="CliException">It is not one over TLS.</exception>
    public static Uri Source(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "https", UserInfo: "", Query: "", Fragment: "" }
            ? uri
            : throw CliException.Usage($"{SafeText.Quote(text)} is no address of a price list.", "Give one that begins with 'https://', without a query.");

    /// <summary>All prices of some sizes in a region.</summary>
    public async Task<IReadOnlyList<RetailItem>> ReadAsync(string region, IReadOnlyList<string> sizes, CancellationToken cancel)
    {
        List<RetailItem> items = [];
        foreach (var some in sizes.Chunk(SizesPerQuery))
        {
            Uri? next = new UriBuilder(source) { Query = Query(region, some) }.Uri;
            for (var pages = 0; next is not null; pages++)
            {
                if (pages == MaxPages)
                    throw CliException.Failed($"The price list of {region} has more than {MaxPages} pages.", "Ask for fewer regions.");
                var page = await PageAsync(next, cancel);
                items.AddRange(page.Items!);
                next = page.NextPageLink is { Length: > 0 } link ? Next(link) : null;
            }
        }

        return items;
    }

    private static string Query(string region, IEnumerable<string> sizes)
    {
        var names = string.Join(" or ", sizes.Select(size => $"armSkuName eq '{Quoted(size)}'"));
        var filter = $"serviceName eq 'Virtual Machines' and priceType eq 'Consumption' and armRegionName eq '{Quoted(region)}' and ({names})";
        return $"api-version=2023-01-01-preview&meterRegion='primary'&currencyCode='USD'&$filter={Uri.EscapeDataString(filter)}";
    }

    /// <summary>OData doubles a quote within a text.</summary>
    private static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private Uri Next(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var next) && next.Scheme == Uri.UriSchemeHttps && next.Host == source.Host && next.Port == source.Port && next.UserInfo.Length == 0
            ? next
            : throw CliException.Failed($"The price list's next page is said to be at {SafeText.Quote(link)}, which is another host than '{source.Host}'.", "Nothing was changed. Look at the list, or at what stands between it and this machine.");

    private async Task<RetailPage> PageAsync(Uri address, CancellationToken cancel)
    {
        var waited = TimeSpan.Zero;
        for (var tries = 1; ; tries++)
        {
            HttpStatusCode? status = null;
            TimeSpan? asked = null;
            try
            {
                using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
                if (response.StatusCode == HttpStatusCode.OK)
                    return Parse(await BodyAsync(response, cancel));
                status = response.StatusCode;
                asked = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - clock.GetUtcNow() : null);
            }
            catch (HttpRequestException) when (tries < MaxTries)
            {
                // As an answer of 503: the network may be back in a moment.
            }

            var wait = asked > TimeSpan.Zero ? asked.Value : TimeSpan.FromSeconds(Math.Pow(2, tries - 1));
            var passes = status is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
            if (!passes || tries == MaxTries || waited + wait > MaxWait)
                throw CliException.Failed(string.Create(CultureInfo.InvariantCulture, $"The price list answers {(status is { } code ? $"{(int)code}" : "nothing")} after {tries} tries."), "Nothing was changed. Try again later.");
            await Task.Delay(wait, clock, cancel);
            waited += wait;
        }
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        using var buffer = new MemoryStream();
        var block = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(block, cancel)) > 0;)
        {
            if (buffer.Length + read > MaxPageBytes)
                throw CliException.Failed($"A page of the price list has more than {MaxPageBytes} bytes.", "Nothing was changed. Look at what answers there.");
            buffer.Write(block, 0, read);
        }

        return buffer.ToArray();
    }

    private static RetailPage Parse(byte[] json)
    {
        try
        {
            if (JsonSerializer.Deserialize(json, OfferJson.Default.RetailPage) is { Items: not null } page && page.Items.All(item => item is not null))
                return page;
        }
        catch (JsonException)
        {
        }

        throw CliException.Failed("The price list's answer is not one that can be read.", "Nothing was changed. Look at what answers there.");
    }
}
