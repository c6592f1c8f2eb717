using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Serverless.Cli.Offers;
using Serverless.Cli.Shell;
using Serverless.Contracts.Prices;
using Serverless.TestKit;

namespace Serverless.Client.Tests.Cli.Offers;

public sealed class OfferRefreshTests : IDisposable
{
    private const string T4 = "Standard_NC4as_T4_v3";
    private const string D4 = "Standard_D4s_v5";

    private readonly TempFolder folder = new();
    private readonly ManualTime clock = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string PriceFile => folder["prices.json"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Refresh_TwoPages_TakesLinuxPricesOfTheNewestDate_AndSaysWhereAndWhen()
    {
        Given(T4, D4);
        await using var list = await FakePriceList.StartAsync(
            string.Join(',', FakePriceList.Item(T4, 0.9m, product: "Virtual Machines NCasT4 Series Windows"), FakePriceList.Item(T4, 0.5m, since: "2023-01-01"), FakePriceList.Item(T4, 0.55m)),
            string.Join(',', FakePriceList.Item(T4, 0.06m, sku: "NC4as T4 v3 Spot"), FakePriceList.Item(T4, 0.11m, sku: "NC4as T4 v3 Low Priority"), FakePriceList.Item(D4, 0.2m), FakePriceList.Item(D4, 0.1m, type: "Reservation")));

        var (code, json) = await RefreshAsync(list);

        Assert.Equal(0, code);
        Assert.Equal(2, list.Requests.Count);
        Assert.Contains($"armRegionName eq 'eastus' and (armSkuName eq '{T4}' or armSkuName eq '{D4}')", list.Requests.First());
        var rows = Rows();
        Assert.Equal([(T4, 0.55m, 0.06m, true), (D4, 0.2m, null, true)], rows.Select(row => (row.Size, row.PricePerHour, row.SpotPricePerHour, row.Verified)));
        Assert.All(rows, row => Assert.Equal((list.Address, new DateOnly(2026, 12, 1), "USD"), (row.Source, row.Seen, row.Currency)));
        Assert.Empty(json.GetProperty("missing").EnumerateArray());
    }

    [Fact]
    public async Task Refresh_ASizeThatIsNotOnTheList_KeepsItsPriceAndIsNotVerified()
    {
        Given(T4, D4);
        await using var list = await FakePriceList.StartAsync(FakePriceList.Item(T4, 0.55m));
        var (_, json) = await RefreshAsync(list);
        Assert.Equal([(T4, 0.55m, true), (D4, 1m, false)], Rows().Select(row => (row.Size, row.PricePerHour, row.Verified)));
        Assert.Equal("an old list", Rows()[1].Source);
        Assert.Equal(["eastus/" + D4], json.GetProperty("missing").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task Refresh_ANewRegion_GetsTheSizesThatAreSoldThere()
    {
        Given(T4, D4);
        await using var list = await FakePriceList.StartAsync(FakePriceList.Item(T4, 0.6m, "westeurope"));
        await RefreshAsync(list, "westeurope");
        Assert.Equal([("eastus", T4, 1m), ("eastus", D4, 1m), ("westeurope", T4, 0.6m)], Rows().Select(row => (row.Region, row.Size, row.PricePerHour)));
        Assert.Equal((4, 28.0, "t4", 1), (Rows()[2].VCpus, Rows()[2].MemoryGiB, Rows()[2].Gpu, Rows()[2].GpuCount));
    }

    [Fact]
    public async Task Refresh_WithoutAFile_BeginsWithTheSizesThatAreBuiltIn()
    {
        await using var list = await FakePriceList.StartAsync(FakePriceList.Item(T4, 0.55m));
        await RefreshAsync(list);
        Assert.True(Rows().Count >= 20);
        Assert.True(Rows().Single(row => row is { Size: T4, Region: "eastus" }).Verified);
    }

    /// <summary>The text itself, since hosts of other versions read it.</summary>
    [Fact]
    public async Task Refresh_WritesARowALine_InTheFormThatHostsRead()
    {
        Given(D4, T4);
        await using var list = await FakePriceList.StartAsync(string.Join(',', FakePriceList.Item(T4, 0.55m), FakePriceList.Item(T4, 0.06m, sku: "NC4as T4 v3 Spot")));
        await RefreshAsync(list);
        Assert.Equal(
            $$"""
            [
              {"size":"{{D4}}","vCpus":4,"memoryGiB":28,"gpuCount":0,"pricePerHour":1,"spotPricePerHour":0.5,"region":"eastus","currency":"USD","source":"an old list","seen":"2026-01-01","verified":false},
              {"size":"{{T4}}","vCpus":4,"memoryGiB":28,"gpu":"t4","gpuCount":1,"pricePerHour":0.55,"spotPricePerHour":0.06,"region":"eastus","currency":"USD","source":"{{list.Address}}","seen":"2026-12-01","verified":true}
            ]

            """, await File.ReadAllTextAsync(PriceFile, Cancel), ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("[]", "It has no rows.")]
    [InlineData("[null]", "Row 1 is null.")]
    [InlineData("{", "is no price file")]
    public async Task Refresh_OfWhatIsNoPriceFile_ChangesNothing(string text, string words)
    {
        await File.WriteAllTextAsync(PriceFile, text, Cancel);
        await using var list = await FakePriceList.StartAsync(FakePriceList.Item(T4, 0.55m));
        Assert.Contains(words, (await Assert.ThrowsAsync<CliException>(() => RefreshAsync(list))).Message);
        Assert.Equal(text, await File.ReadAllTextAsync(PriceFile, Cancel));
        Assert.Empty(list.Requests);
    }

    [Fact]
    public async Task Refresh_Throttled_WaitsAsLongAsTheListSays()
    {
        Given(T4);
        var refused = 0;
        await using var list = await FakePriceList.StartAsync(async (_, http) =>
        {
            if (refused++ > 0)
            {
                await FakePriceList.WriteAsync(http, FakePriceList.Item(T4, 0.55m), null);
                return;
            }

            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = "17";
        });
        var refreshing = RefreshAsync(list);
        await Eventually.TrueAsync("the list was asked", () => list.Requests.Count == 1, cancel: Cancel);
        var began = clock.GetUtcNow();
        await Eventually.TrueAsync("the refresh is done", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return refreshing.IsCompleted;
        }, cancel: Cancel);
        Assert.Equal(0, (await refreshing).Code);
        Assert.True(clock.GetUtcNow() - began >= TimeSpan.FromSeconds(17));
    }

    public static TheoryData<int, string, string> Bad => new()
    {
        { 200, "not json", "can be read" },
        { 200, """{"Items":null}""", "can be read" },
        { 200, """{"Items":[null]}""", "can be read" },
        { 200, """{"Items":[{"retailPrice":"much"}]}""", "can be read" },
        { 200, """{"Items":[],"NextPageLink":"https://elsewhere.example/prices"}""", "another host" },
        { 200, """{"Items":[],"NextPageLink":"http://127.0.0.1/prices"}""", "another host" },
        { 200, """{"Items":[],"NextPageLink":"https://169.254.169.254/prices"}""", "another host" },
        { 302, "", "answers 302" },
        { 404, "", "answers 404" },
        { 429, "", "answers 429" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Refresh_AnAnswerThatCannotBeUsed_ChangesNothing(int status, string body, string words)
    {
        Given(T4);
        var before = await File.ReadAllTextAsync(PriceFile, Cancel);
        await using var list = await FakePriceList.StartAsync(async (_, http) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = "3600";
            http.Response.Headers.Location = "https://169.254.169.254/";
            if (body.Length > 0)
                await http.Response.WriteAsync(body);
        });
        var failed = await Assert.ThrowsAsync<CliException>(() => RefreshAsync(list));
        Assert.Contains(words, failed.Message);
        Assert.NotNull(failed.Cure);
        Assert.Equal(before, await File.ReadAllTextAsync(PriceFile, Cancel));
        Assert.Single(list.Requests);
    }

    [Fact]
    public async Task Refresh_PagesWithoutEnd_EndsWithAWord()
    {
        Given(T4);
        await using var list = await FakePriceList.StartAsync((prices, http) => FakePriceList.WriteAsync(http, "", prices.Address));
        Assert.Contains("more than 200 pages", (await Assert.ThrowsAsync<CliException>(() => RefreshAsync(list))).Message);
    }

    [Theory]
    [InlineData("http://prices.azure.com/api/retail/prices")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:pass@prices.azure.com/")]
    [InlineData("prices.azure.com")]
    public async Task Refresh_AnAddressThatIsNotOverTls_IsRefused(string source)
    {
        var run = await CliRun.WithAsync(new Dictionary<string, string>(), folder.Path, "", "offers", "refresh", "--source", source);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("https://", run.Error);
    }

    [Theory]
    [InlineData("east us")]
    [InlineData("x' or '1' eq '1")]
    public async Task Refresh_WhatIsNoRegion_IsRefused(string region)
    {
        var run = await CliRun.WithAsync(new Dictionary<string, string>(), folder.Path, "", "offers", "refresh", "--region", region);
        Assert.Equal(2, run.ExitCode);
    }

    private void Given(params string[] sizes) => PriceRows.Write(PriceFile, [.. sizes.Select(size => new PricedSize
    {
        Size = size,
        VCpus = 4,
        MemoryGiB = 28,
        Gpu = size == T4 ? "t4" : null,
        GpuCount = size == T4 ? 1 : 0,
        PricePerHour = 1m,
        SpotPricePerHour = 0.5m,
        Region = "eastus",
        Currency = "USD",
        Source = "an old list",
        Seen = new DateOnly(2026, 1, 1),
    })]);

    private IReadOnlyList<PricedSize> Rows() => PriceRows.Read(PriceFile);

    private async Task<(int Code, JsonElement Json)> RefreshAsync(FakePriceList list, params string[] regions)
    {
        using var data = new StringWriter();
        using var talk = new StringWriter();
        var io = new CliIo { Out = data, Error = talk, In = () => Stream.Null, Environment = _ => null, Folder = folder.Path, Clock = clock };
        using var handler = list.Handler();
        var code = await OfferCommands.RefreshAsync(new Output(io, json: true), io, handler, PriceFile, regions, list.Address, Cancel);
        return (code, JsonDocument.Parse(data.ToString()).RootElement);
    }
}
