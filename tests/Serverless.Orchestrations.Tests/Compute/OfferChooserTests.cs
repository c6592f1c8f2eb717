using FsCheck;
using FsCheck.Fluent;
using Serverless.Contracts.Jobs;
using Serverless.Core.Compute;

namespace Serverless.Orchestrations.Tests.Compute;

public sealed class OfferChooserTests
{
    private static readonly PoolTable Pools = new([new PoolOptions(), new PoolOptions { Name = "t4", Family = "gpu" }, new PoolOptions { Name = "t4-big", Family = "gpu" }, new PoolOptions { Name = "t4-spot", Family = "gpu" }, new PoolOptions { Name = "a100" }]);

    private static readonly ComputeOffer[] Offers =
    [
        Offer("local", "local", 8, 16, 0, 0.10m),
        Offer("t4", "Standard_NC4as_T4_v3", 4, 28, 1, 0.526m),
        Offer("t4-big", "Standard_NC64as_T4_v3", 64, 440, 4, 4.352m),
        Offer("t4-spot", "Standard_NC4as_T4_v3", 4, 28, 1, 0.0627m) with { Spot = true },
        Offer("a100", "Standard_NC24ads_A100_v4", 24, 220, 1, 3.673m, "a100"),
    ];

    public static TheoryData<ResourceSpec, string> Needs => new()
    {
        { new ResourceSpec(), "local" },
        { new ResourceSpec { VCpus = 8 }, "local" },
        { new ResourceSpec { VCpus = 9 }, "a100" },
        { new ResourceSpec { MemoryBytes = 17L << 30 }, "t4" },
        { new ResourceSpec { Gpu = new GpuSpec("t4", 1) }, "t4" },
        { new ResourceSpec { Gpu = new GpuSpec("t4", 1), Spot = true }, "t4-spot" },
        { new ResourceSpec { Gpu = new GpuSpec("t4", 2) }, "t4-big" },
        { new ResourceSpec { Size = "standard_nc24ads_a100_V4" }, "a100" },
        { new ResourceSpec { Pool = "gpu", VCpus = 5 }, "t4-big" },
        { new ResourceSpec { Pool = "t4-spot" }, "t4-spot" },
    };

    [Theory]
    [MemberData(nameof(Needs))]
    public void Fitting_ByNeed_BeginsWithTheCheapestThatFits(ResourceSpec asked, string pool) =>
        Assert.Equal(pool, OfferChooser.Fitting(Offers, MachineNeed.Of(asked, Pools))[0].Pool);

    [Fact]
    public void Why_SaysTheMachineItsPriceAndTheNextBest()
    {
        var need = MachineNeed.Of(new ResourceSpec { Gpu = new GpuSpec("t4", 1), VCpus = 4 }, Pools);
        var fits = OfferChooser.Fitting(Offers, need);
        Assert.Equal(
            "Standard_NC4as_T4_v3 (4 vCPUs, 28 GiB, 1 × t4) at 0.526 USD per hour in eastus, pool 't4': the cheapest of 2 that fit (next: Standard_NC64as_T4_v3 at 4.352) t4:1, 4 vCPUs.",
            OfferChooser.Why(fits[0], fits, need));
        Assert.Contains("the cheapest of 2 that fit and can be had (cheaper: Standard_NC4as_T4_v3 at 0.526)", OfferChooser.Why(fits[1], fits, need), StringComparison.Ordinal);
    }

    [Fact]
    public void WhyNot_TooManyGpus_NamesTheNearestMachinesAndTheMostThatThereAre()
    {
        var errors = OfferChooser.WhyNot(Offers, MachineNeed.Of(new ResourceSpec { Gpu = new GpuSpec("t4", 8) }, Pools));
        Assert.Equal(("resources.gpu", "No machine on this host fits t4:8."), (errors[0].Path, errors[0].Message));
        Assert.Contains("a100:1, t4:4", errors[0].Cure, StringComparison.Ordinal);
        Assert.Contains(errors, error => error.Message == "Standard_NC64as_T4_v3 (64 vCPUs, 440 GiB, 4 × t4) does not fit: it has 4 of 8 GPUs.");
        Assert.All(errors, error => Assert.NotEmpty(error.Cure));
    }

    [Fact]
    public void WhyNot_AHostWithoutPools_SaysWhatIsMissing()
    {
        var error = Assert.Single(OfferChooser.WhyNot([], MachineNeed.Of(new ResourceSpec(), Pools)));
        Assert.Contains("no pool of machines", error.Message, StringComparison.Ordinal);
        Assert.Contains("SERVERLESS_AUDIENCE", error.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void WhyNot_AGpuInAPoolWithoutOne_NamesThePoolThatHasIt()
    {
        var errors = OfferChooser.WhyNot(Offers, MachineNeed.Of(new ResourceSpec { Pool = "local", Gpu = new GpuSpec("t4", 1) }, Pools));
        Assert.Contains("in the pool 'local'", errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("Name the pool 't4', which has Standard_NC4as_T4_v3", errors[0].Cure, StringComparison.Ordinal);
        Assert.Contains(errors, error => error.Message.EndsWith("does not fit: it has no GPU.", StringComparison.Ordinal));
    }

    [Fact]
    public void Fitting_ForAllOffersAndNeeds_FitsAndNoOtherThatFitsIsCheaper()
    {
        var offer = from vCpus in Gen.Choose(1, 8)
                    from gib in Gen.Choose(1, 8)
                    from gpus in Gen.Choose(0, 3)
                    from type in Gen.Elements("t4", "a100")
                    from price in Gen.Choose(1, 50)
                    from spot in Gen.Elements(true, false)
                    select Offer($"p{price}", $"s{vCpus}", vCpus, gib, gpus, price, type) with { Spot = spot };
        var need = from vCpus in Gen.Choose(0, 9)
                   from gib in Gen.Choose(0, 9)
                   from gpus in Gen.Choose(0, 4)
                   from type in Gen.Elements("t4", "a100")
                   from spot in Gen.Elements(true, false)
                   select new ResourceSpec { VCpus = vCpus, MemoryBytes = (long)gib << 30, Gpu = gpus == 0 ? null : new GpuSpec(type, gpus), Spot = spot };
        Prop.ForAll(Arb.From(offer.ListOf().SelectMany(offers => need, (offers, asked) => (Offers: offers.ToList(), Asked: asked))), given => Holds(given.Offers, given.Asked)).QuickCheckThrowOnFailure();
    }

    /// <summary>The same said anew, without the chooser's own words.</summary>
    private static bool Holds(List<ComputeOffer> offers, ResourceSpec asked)
    {
        var fitting = offers.Where(offer => offer.VCpus >= asked.VCpus && offer.MemoryBytes >= asked.MemoryBytes && offer.Spot == asked.Spot
            && (asked.Gpu is null || offer.Gpus.Count(gpu => gpu == asked.Gpu.Type) >= asked.Gpu.Count)).ToList();
        var chosen = OfferChooser.Fitting(offers, new MachineNeed(asked, null));
        return chosen.Count == fitting.Count && (chosen.Count == 0 || fitting.All(offer => offer.PricePerHour >= chosen[0].PricePerHour));
    }

    private static ComputeOffer Offer(string pool, string size, int vCpus, int gib, int gpus, decimal price, string gpu = "t4") => new()
    {
        Pool = pool,
        Size = size,
        VCpus = vCpus,
        MemoryBytes = (long)gib << 30,
        Gpus = [.. Enumerable.Repeat(gpu, gpus)],
        PricePerHour = price,
        Region = pool == "local" ? null : "eastus",
        PriceVerified = true,
    };
}
