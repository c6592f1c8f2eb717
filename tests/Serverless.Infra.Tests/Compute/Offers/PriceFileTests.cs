using System.Text;
using Serverless.Contracts.Prices;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.Offers;

namespace Serverless.Infra.Tests.Compute.Offers;

public sealed class PriceFileTests
{
    [Fact]
    public void Embedded_IsRead_AndSaysWhereEachPriceIsFrom()
    {
        var sizes = PriceFile.Embedded();
        Assert.True(sizes.Count >= 20);
        Assert.All(sizes, size => Assert.NotEmpty(size.Source));
        Assert.All(sizes, size => Assert.False(size.Verified));
        Assert.All(sizes, size => Assert.True(size.SpotPricePerHour is null || size.SpotPricePerHour < size.PricePerHour));
    }

    /// <summary>So a refresh of the committed file changes the lines of those sizes whose prices changed, and no other.</summary>
    [Fact]
    public void Embedded_WrittenAgain_IsTheSameText()
    {
        using var file = new StreamReader(typeof(PriceFile).Assembly.GetManifestResourceStream("azure-sizes.json")!);
        Assert.Equal(file.ReadToEnd(), PriceList.Format(PriceFile.Embedded()));
    }

    [Fact]
    public void Parse_WhatIsNoPriceFile_IsRefusedWithItsRow()
    {
        var failed = Assert.Throws<ServerlessException>(() => PriceFile.Parse(Encoding.UTF8.GetBytes("[null]")));
        Assert.Equal(ProblemCodes.Invalid, failed.Code);
        Assert.Contains("Row 1 is null.", failed.Errors[0].Message, StringComparison.Ordinal);
    }
}
