using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Serverless.Contracts.Prices;

namespace Serverless.Orchestrations.Tests.Wire;

/// <summary>The price file, which the command line writes and hosts read. Its text is pinned here: people edit it, and files outlive versions.</summary>
public sealed class PriceListTests
{
    private const string Full =
        """{"size":"Standard_NC4as_T4_v3","vCpus":4,"memoryGiB":28,"gpu":"t4","gpuCount":1,"pricePerHour":0.526,"spotPricePerHour":0.0627,"region":"eastus","currency":"USD","source":"https://prices.azure.com/api/retail/prices","seen":"2026-12-01","verified":true}""";

    private const string Least = """{"size":"s","vCpus":1,"memoryGiB":0.5,"pricePerHour":0.1,"region":"eastus","currency":"USD","source":"x","seen":"2026-01-01"}""";

    private static PricedSize Row { get; } = new()
    {
        Size = "Standard_NC4as_T4_v3",
        VCpus = 4,
        MemoryGiB = 28,
        Gpu = "t4",
        GpuCount = 1,
        PricePerHour = 0.526m,
        SpotPricePerHour = 0.0627m,
        Region = "eastus",
        Currency = "USD",
        Source = "https://prices.azure.com/api/retail/prices",
        Seen = new DateOnly(2026, 12, 1),
        Verified = true,
    };

    [Fact]
    public void Format_ARow_IsThisLine_AndIsReadAgain()
    {
        Assert.Equal($"[\n  {Full}\n]\n", PriceList.Format([Row]));
        Assert.Equal([Row], Parse($"[{Full}]"));
    }

    [Fact]
    public void Parse_WhatMayBeLeftOut_HasItsMeaning()
    {
        var row = Assert.Single(Parse($"[{Least}]"));
        Assert.Equal((null, 0, null, false), (row.Gpu, row.GpuCount, row.SpotPricePerHour, row.Verified));
        Assert.Equal(512L << 20, row.MemoryBytes);
        Assert.Equal((0.1m, null), (row.Price(spot: false), row.Price(spot: true)));
    }

    [Fact]
    public void Format_AnyRows_AreReadAgainInTheirOrder() => Prop.ForAll(Rows().ToArbitrary(), rows => rows.SequenceEqual(Parse(PriceList.Format(rows)))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData($"[{Least},{Least}]")]
    public void Parse_WhatIsNoPriceFile_IsRefused(string json) => Assert.Throws<FormatException>(() => Parse(json));

    [Fact]
    public void Parse_AWrongRow_IsNamedByItsNumber() =>
        Assert.Equal("Row 2 has 0 vCPUs.", Assert.Throws<FormatException>(() => Parse($"[{Full},{Least.Replace("\"vCpus\":1", "\"vCpus\":0", StringComparison.Ordinal)}]")).Message);

    [Theory]
    [InlineData("\"memoryGiB\":0.5", "\"memoryGiB\":0")]
    [InlineData("\"memoryGiB\":0.5", "\"memoryGiB\":1e300")]
    [InlineData("\"memoryGiB\":0.5", "\"memoryGiB\":\"NaN\"")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"spotPricePerHour\":-1")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"gpu\":\"t4\"")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"gpuCount\":1")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"gpuCount\":-1")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"discount\":1")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"pricePerHour\":0.2")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":\"0.1\"")]
    [InlineData(",\"seen\":\"2026-01-01\"", "")]
    [InlineData("\"source\":\"x\"", "\"source\":\"\"")]
    [InlineData("\"region\":\"eastus\"", "\"region\":null")]
    [InlineData("\"USD\"", "\"$\"")]
    [InlineData("2026-01-01", "soon")]
    public void Parse_AWrongMember_IsRefused(string good, string bad)
    {
        Assert.Contains(good, Least, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Parse($"[{Least.Replace(good, bad, StringComparison.Ordinal)}]"));
    }

    [Fact]
    public void Parse_MoreThanTheLimit_IsRefused() => Assert.Throws<FormatException>(() => PriceList.Parse(new byte[PriceList.MaxBytes + 1]));

    /// <summary>What could not be read again is not written.</summary>
    [Fact]
    public void Format_ARowThatIsNone_IsRefused() => Assert.Throws<FormatException>(() => PriceList.Format([Row with { PricePerHour = 0 }]));

    private static IReadOnlyList<PricedSize> Parse(string json) => PriceList.Parse(Encoding.UTF8.GetBytes(json));

    private static Gen<IReadOnlyList<PricedSize>> Rows() =>
        from count in Gen.Choose(1, 8)
        from price in Gen.Choose(1, int.MaxValue)
        from digits in Gen.Choose(0, 9)
        from memory in Gen.Elements(0.5, 3.5, 28, 440, 1_048_575.999)
        from gpus in Gen.Choose(0, 8)
        from isSpot in Gen.Elements(true, false)
        from source in Gen.Elements("x", "ü \"quoted\" \\ </script>", "\u0007\u202e", "𝄞")
        select (IReadOnlyList<PricedSize>)[.. Enumerable.Range(0, count).Select(i => Row with
        {
            Size = $"{source}{i}",
            MemoryGiB = memory,
            Gpu = gpus == 0 ? null : source,
            GpuCount = gpus,
            PricePerHour = new decimal(price, 0, 0, false, (byte)digits),
            SpotPricePerHour = isSpot ? new decimal(price, 0, 0, false, 9) : null,
            Source = source,
            Verified = isSpot,
        })];
}
