using Serverless.Contracts.Jobs;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Placement;

/// <summary>What is said of a job's machine when it is submitted.</summary>
public sealed class JobPlacingTests
{
    private static readonly ComputeOffer T4 = new()
    {
        Pool = "gpu",
        Size = "Standard_NC4as_T4_v3",
        VCpus = 4,
        MemoryBytes = 28L << 30,
        Gpus = ["t4"],
        PricePerHour = 0.526m,
        Region = "eastus",
        PriceSource = "a catalogue",
        PriceSeen = new DateOnly(2026, 11, 21),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_AJobThatAsksForNothing_GetsTheFirstPool()
    {
        await using var bench = Bench(T4 with { PricePerHour = 0.01m });
        var job = await bench.SubmitAsync(Some.Spec());
        Assert.Equal(("local", "memory", "local"), (job.Placement!.Pool, job.Placement.Size, job.Pool));
        Assert.Equal(new JobEstimate(0.36m * 86_430 / 3600, 0.36m * 86_430 / 3600 * 3, "USD", 1.0m), job.Placement.Estimate);
    }

    [Fact]
    public async Task Submit_AGpu_RunsInThePoolThatHasIt_AndSaysWhyAndThatThePriceIsNotVerified()
    {
        await using var bench = Bench(T4);
        var job = await bench.SubmitAsync(Gpu());
        Assert.Equal(("gpu", "Standard_NC4as_T4_v3"), (job.Placement!.Pool, job.Placement.Size));
        Assert.Contains("the only machine that fits t4:1", job.Placement.Why, StringComparison.Ordinal);
        Assert.Contains("not verified: seen 2026-11-21 in a catalogue", Assert.Single(job.Placement.Notes), StringComparison.Ordinal);
        await bench.Engine.PumpAsync(Cancel);
        Assert.Equal((JobStatus.Queued, "gpu"), ((await bench.JobAsync(job.Id)).Status, (await bench.JobAsync(job.Id)).Pool));
    }

    [Fact]
    public async Task Submit_AGpuWhereThereIsNone_IsRefusedWithTheCureAndEveryOtherError()
    {
        await using var bench = new Bench();
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => bench.SubmitAsync(Gpu() with { Name = " " }));
        Assert.Equal(ProblemCodes.Invalid, failed.Code);
        Assert.Superset(new HashSet<string> { "name", "resources.gpu" }, failed.Errors.Select(error => error.Path).ToHashSet());
        Assert.Contains(failed.Errors, error => error.Cure.Contains("add a pool with such machines", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submit_AQuotaThatCanNeverHoldOne_IsRefusedWithValueLimitAndCommand()
    {
        await using var bench = Bench(T4);
        bench.Pool.Shortages["gpu"] = [new ComputeShortage(ProblemCodes.NoQuota, false, "A machine needs 4 vCPUs of the family's quota; the limit is 0.", "Raise it: 'az quota update …'.")];
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => bench.SubmitAsync(Gpu()));
        Assert.Equal((ProblemCodes.NoQuota, false), (failed.Code, failed.Retryable));
        Assert.Contains("the limit is 0", failed.Message, StringComparison.Ordinal);
        Assert.Contains("az quota update", failed.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_AQuotaThatIsFullNow_IsQueuedAndSaysSo()
    {
        await using var bench = Bench(T4);
        bench.Pool.Shortages["gpu"] = [new ComputeShortage(ProblemCodes.NoQuota, true, "8 of 8 vCPUs are used.", "Raise it: 'az quota update …'.")];
        var job = await bench.SubmitAsync(Gpu());
        Assert.Contains(job.Placement!.Notes, note => note == "8 of 8 vCPUs are used. The job waits until there is room; raise it: 'az quota update …'.");
    }

    [Fact]
    public async Task Submit_TheCheapestIsRuledOut_TakesTheNext()
    {
        await using var bench = Bench(T4, T4 with { Pool = "gpu-big", Size = "Standard_NC8as_T4_v3", VCpus = 8, PricePerHour = 0.752m });
        bench.Pool.Shortages["gpu"] = [new ComputeShortage(ProblemCodes.NoCapacity, false, "Not in this region.", "Ask for another.")];
        var job = await bench.SubmitAsync(Gpu());
        Assert.Equal("gpu-big", job.Placement!.Pool);
        Assert.Contains("cheaper: Standard_NC4as_T4_v3", job.Placement.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_OneAttemptCouldPassTheJobsOwnLimit_IsRefusedWithTheTimeThatItPaysFor()
    {
        await using var bench = Bench(T4);
        var spec = Gpu() with { Limits = new LimitSpec { MaxCost = 1.052m, GraceSeconds = 0 } };
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => bench.SubmitAsync(spec));
        Assert.Equal(ProblemCodes.OverBudget, failed.Code);
        Assert.Contains("the job's limit is 1.052", failed.Message, StringComparison.Ordinal);
        Assert.Contains("'--max-run 7200s'", failed.Cure, StringComparison.Ordinal);
        Assert.NotNull((await bench.SubmitAsync(spec with { Limits = spec.Limits with { MaxRunSeconds = 7200 } })).Placement);
    }

    [Fact]
    public async Task Estimate_MakesNoJob()
    {
        await using var bench = Bench(T4);
        Assert.Equal("gpu", (await bench.Get<JobSubmission>().EstimateAsync(Gpu(), Cancel)).Pool);
        Assert.Empty((await bench.Jobs.QueryAsync(null, null, 10, null, Cancel)).Records);
    }

    [Fact]
    public async Task Admit_AJobRecordedWithoutAPlacement_IsPlacedThen()
    {
        await using var bench = Bench(T4);
        await bench.Jobs.CreateAsync(Some.Job(Gpu()), Cancel);
        await bench.Get<Orchestrations.Sweeps.JobSweep>().RunAsync(Cancel);
        await bench.Engine.PumpAsync(Cancel);
        Assert.Equal("gpu", (await bench.JobAsync("job-1")).Pool);
    }

    private static JobSpec Gpu() => Some.Spec() with { Resources = new ResourceSpec { Gpu = new GpuSpec("t4", 1) } };

    private static Bench Bench(params ComputeOffer[] others)
    {
        var bench = new Bench(others: [.. others.Select(offer => new PoolOptions { Name = offer.Pool })]);
        bench.Pool.Others = others;
        return bench;
    }
}
