using System.Text;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.Offers;

namespace Serverless.Infra.Tests.Compute.Offers;

public sealed class PriceFileTests
{
    private const string Good = """{"size":"s","vCpus":1,"memoryGiB":0.5,"pricePerHour":0.1,"region":"eastus","currency":"USD","source":"x","seen":"2026-01-01"}""";

    [Fact]
    public void Embedded_IsRead_AndSaysWhereEachPriceIsFrom()
    {
        var sizes = PriceFile.Embedded();
        Assert.True(sizes.Count >= 20);
        Assert.All(sizes, size => Assert.NotEmpty(size.Source));
        Assert.All(sizes, size => Assert.False(size.Verified));
        Assert.All(sizes, size => Assert.True(size.SpotPricePerHour is null || size.SpotPricePerHour < size.PricePerHour));
    }

    [Fact]
    public void Parse_HalfAGigabyte_IsCountedInBytes() => Assert.Equal(512L << 20, PriceFile.Parse(Bytes($"[{Good}]"))[0].MemoryBytes);

    [Theory]
    [InlineData("{")]
    [InlineData("[{}]")]
    [InlineData($"[{Good},{Good}]")]
    public void Parse_WhatIsNoPriceFile_IsRefused(string json) => Refused(json);

    [Theory]
    [InlineData("\"vCpus\":1", "\"vCpus\":0")]
    [InlineData("\"memoryGiB\":0.5", "\"memoryGiB\":0")]
    [InlineData("\"memoryGiB\":0.5", "\"memoryGiB\":1e300")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"spotPricePerHour\":-1")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"gpu\":\"t4\"")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"gpuCount\":1")]
    [InlineData("\"pricePerHour\":0.1", "\"pricePerHour\":0.1,\"discount\":1")]
    [InlineData("\"source\":\"x\"", "\"source\":\"\"")]
    [InlineData("\"USD\"", "\"$\"")]
    [InlineData("2026-01-01", "soon")]
    public void Parse_AWrongMember_IsRefused(string good, string bad) => Refused($"[{Good.Replace(good, bad, StringComparison.Ordinal)}]");

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    private static void Refused(string json) => Assert.Equal(ProblemCodes.Invalid, Assert.Throws<ServerlessException>(() => PriceFile.Parse(Bytes(json))).Code);

    /// <summary>A row as the command line writes it.</summary>
    [Fact]
    public void Parse_ARefreshedRow_IsRead()
    {
        var size = Assert.Single(PriceFile.Parse("""
            [{"size":"Standard_NC4as_T4_v3","vCpus":4,"memoryGiB":28,"gpu":"t4","gpuCount":1,"pricePerHour":0.55,"spotPricePerHour":0.06,"region":"eastus","currency":"USD","source":"https://prices.azure.com/api/retail/prices","seen":"2026-12-01","verified":true}]
            """u8));
        Assert.Equal((0.55m, 0.06m, true, new DateOnly(2026, 12, 1)), (size.PricePerHour, size.SpotPricePerHour, size.Verified, size.Seen));
    }
}
