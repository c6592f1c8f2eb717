using FsCheck;
using FsCheck.Fluent;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Infra.Compute.Offers;

namespace Serverless.Infra.Tests.Compute.Offers;

public sealed class SizeChooserTests
{
    private static readonly SizeNeed Any = new() { Region = "eastus" };

    [Theory]
    [InlineData("t4:1", 0, 0, false, "Standard_NC4as_T4_v3")]
    [InlineData("t4", 0, 0, true, "Standard_NC4as_T4_v3")]
    [InlineData("T4:1", 5, 0, false, "Standard_NC8as_T4_v3")]
    [InlineData("t4:2", 0, 0, false, "Standard_NC64as_T4_v3")]
    [InlineData("a100:1", 0, 300, false, "Standard_NC48ads_A100_v4")]
    [InlineData("h100:2", 0, 0, false, "Standard_NC80adis_H100_v5")]
    [InlineData(null, 0, 0, false, "Standard_D4ls_v5")]
    [InlineData(null, 0, 9, false, "Standard_D4s_v5")]
    [InlineData(null, 0, 9, true, "Standard_D4s_v5")]
    [InlineData(null, 0, 28, false, "Standard_NC4as_T4_v3")]
    public void Choose_FromTheEmbeddedFile_TakesTheCheapestThatFits(string? gpus, int vCpus, int gib, bool spot, string expected)
    {
        var need = Any with { VCpus = vCpus, MemoryBytes = (long)gib << 30, Spot = spot };
        var choice = SizeChooser.Choose(PriceFile.Embedded(), gpus is null ? need : need.WithGpus(gpus));
        Assert.Equal(expected, choice.Size.Size);
        Assert.Equal(choice.Size.Price(spot), choice.PricePerHour);
    }

    [Fact]
    public void Choose_SaysWhy_AndThatThePriceIsNotVerified()
    {
        var why = SizeChooser.Choose(PriceFile.Embedded(), (Any with { VCpus = 4 }).WithGpus("t4:1")).Why;
        Assert.StartsWith("Standard_NC4as_T4_v3 (4 vCPUs, 28 GiB, 1 × t4) at 0.526 USD per hour in eastus: the cheapest of 4 sizes that fit (next: Standard_NC8as_T4_v3 at 0.752) t4:1, 4 vCPUs.", why, StringComparison.Ordinal);
        Assert.Contains("not verified: seen 2026-11-21", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_NothingFits_NamesAllNearMissesAndTheCure()
    {
        var failed = Assert.Throws<ServerlessException>(() => SizeChooser.Choose(PriceFile.Embedded(), Any.WithGpus("t4:8")));
        Assert.Equal(ProblemCodes.Invalid, failed.Code);
        Assert.Contains("t4:8", failed.Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("t4:4", failed.Errors[0].Cure, StringComparison.Ordinal);
        Assert.Equal(
            ["Standard_NC16as_T4_v3", "Standard_NC4as_T4_v3", "Standard_NC64as_T4_v3", "Standard_NC8as_T4_v3"],
            failed.Errors.Skip(1).Where(error => error.Message.Contains("of 8 GPUs", StringComparison.Ordinal)).Select(error => error.Message.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Choose_SpotWithoutSpotPrice_SaysSo()
    {
        var failed = Assert.Throws<ServerlessException>(() => SizeChooser.Choose(PriceFile.Embedded(), (Any with { Spot = true }).WithGpus("h100:1")));
        Assert.Contains(failed.Errors, error => error.Message.Contains("Standard_NC40ads_H100_v5", StringComparison.Ordinal) && error.Message.Contains("no spot price", StringComparison.Ordinal));
    }

    [Fact]
    public void Choose_UnknownRegion_NamesTheOnesThatThereAre()
    {
        var failed = Assert.Throws<ServerlessException>(() => SizeChooser.Choose(PriceFile.Embedded(), new SizeNeed { Region = "mars" }));
        Assert.Contains("eastus", failed.Errors[0].Cure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("t4:0")]
    [InlineData("t4:65")]
    [InlineData("t4:-1")]
    [InlineData("t4:1:2")]
    [InlineData(":1")]
    [InlineData("t4:99999999999")]
    [InlineData("../t4:1")]
    [InlineData("t4:١")]
    public void WithGpus_WhatIsNotOfTheForm_IsRefused(string text) =>
        Assert.Equal(ProblemCodes.Invalid, Assert.Throws<ServerlessException>(() => Any.WithGpus(text)).Code);

    [Fact]
    public void Choose_ForAllSizesAndNeeds_FitsAndNoOtherThatFitsIsCheaper()
    {
        var size = from name in Gen.Choose(0, 999)
                   from vCpus in Gen.Choose(1, 8)
                   from gib in Gen.Choose(1, 8)
                   from gpus in Gen.Choose(0, 3)
                   from type in Gen.Elements("t4", "a100")
                   from price in Gen.Choose(1, 50)
                   from spot in Gen.Choose(0, 20)
                   from region in Gen.Elements("eastus", "westus")
                   select new AzureSize
                   {
                       Size = $"s{name}",
                       VCpus = vCpus,
                       MemoryGiB = gib,
                       Gpu = gpus == 0 ? null : type,
                       GpuCount = gpus,
                       PricePerHour = price,
                       SpotPricePerHour = spot == 0 ? null : spot,
                       Region = region,
                       Currency = "USD",
                       Source = "test",
                       Seen = new DateOnly(2026, 1, 1),
                   };
        var need = from vCpus in Gen.Choose(0, 9)
                   from gib in Gen.Choose(0, 9)
                   from gpus in Gen.Choose(0, 4)
                   from type in Gen.Elements("t4", "a100")
                   from spot in Gen.Elements(true, false)
                   select new SizeNeed { VCpus = vCpus, MemoryBytes = (long)gib << 30, Gpu = gpus == 0 ? null : type, GpuCount = gpus, Spot = spot, Region = "eastus" };
        Prop.ForAll(Arb.From(size.ListOf().SelectMany(sizes => need, (sizes, need) => (Sizes: sizes.ToList(), Need: need))), given => Holds(given.Sizes, given.Need)).QuickCheckThrowOnFailure();
    }

    /// <summary>The same said anew, without the chooser's own words.</summary>
    private static bool Holds(List<AzureSize> sizes, SizeNeed need)
    {
        var fitting = sizes.Where(size => size.VCpus >= need.VCpus && size.MemoryGiB * (1L << 30) >= need.MemoryBytes && size.Region == need.Region
            && (need.GpuCount == 0 || (size.Gpu == need.Gpu && size.GpuCount >= need.GpuCount)) && (!need.Spot || size.SpotPricePerHour is not null)).ToList();
        try
        {
            var choice = SizeChooser.Choose(sizes, need);
            return fitting.Contains(choice.Size) && fitting.All(size => (need.Spot ? size.SpotPricePerHour : size.PricePerHour) >= choice.PricePerHour);
        }
        catch (ServerlessException)
        {
            return fitting.Count == 0;
        }
    }
}
