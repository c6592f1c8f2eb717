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
}
