using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Models;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Models;
using Serverless.Orchestrations.Endpoints;
using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Deployments;

public sealed class DeploymentFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task<Bench> BenchAsync(params ModelStage[] stages)
    {
        var bench = new Bench();
        for (var i = 0; i < stages.Length; i++)
        {
            await bench.Get<ModelSet>().CreateAsync(
                new ModelVersion { Name = "m", Version = i + 1, Stage = stages[i], Sha256 = Some.Sha(i), SizeBytes = 1, CreatedAt = Some.Start, Lineage = new ModelLineage { JobId = "j", Epoch = 1, Program = "p" } },
                Cancel);
        }

        return bench;
    }

    private static async Task<Deployment> DeployAsync(Bench bench, int? version, bool run = true)
    {
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var deployment = await bench.Get<EndpointDeployments>().StartAsync("e", new DeployRequest { Model = "m", Version = version }, Cancel);
        if (run)
            await bench.RunDryAsync();
        return deployment;
    }

    private static async Task<Deployment> SeeAsync(Bench bench, Deployment deployment) => (await bench.Get<DeploymentSet>().FindAsync(deployment.Id, Cancel))!;

    [Fact]
    public async Task Deploy_NoVersionGiven_TakesTheNewestApproved()
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved, ModelStage.Rejected);

        var deployment = await SeeAsync(bench, await DeployAsync(bench, null));

        Assert.Equal(("m@2", DeploymentStatus.Succeeded), (deployment.Model, deployment.Status));
        Assert.NotNull(deployment.EndedAt);
        Assert.Equal("m@2", bench.Endpoints.Answers["e"]);
    }

    [Theory]
    [InlineData(2, "conflict")]
    [InlineData(3, "conflict")]
    [InlineData(9, "not_found")]
    [InlineData(0, "invalid_input")]
    public async Task Deploy_VersionThatMayNot_IsRefused(int version, string code)
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Rejected, ModelStage.Candidate);

        Assert.Equal(code, (await Assert.ThrowsAsync<ServerlessException>(() => DeployAsync(bench, version))).Code);
    }

    [Theory]
    [InlineData("prepare")]
    [InlineData("probe")]
    [InlineData("routed")]
    public async Task Deploy_NewModelFailsItsCheck_TheOldOneStaysAndTheRecordSaysWhy(string step)
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved);
        await DeployAsync(bench, 1);
        (step switch { "prepare" => bench.Endpoints.BadToPrepare, "probe" => bench.Endpoints.BadToProbe, _ => bench.Endpoints.BadOnceRouted })["m@2"] = "It is broken.";

        var deployment = await SeeAsync(bench, await DeployAsync(bench, 2));

        Assert.Equal(DeploymentStatus.Failed, deployment.Status);
        Assert.Contains("It is broken.", deployment.Message, StringComparison.Ordinal);
        Assert.Contains("Write a good model.", deployment.Message, StringComparison.Ordinal);
        Assert.Equal("m@1", bench.Endpoints.Answers["e"]);
        Assert.Equal([new EndpointTraffic("m", 1, 100)], (await bench.Get<EndpointSet>().FindAsync("e", Cancel))!.Traffic);
    }

    [Fact]
    public async Task Deploy_FirstModelFailsOnceRouted_LeavesNoEndpoint()
    {
        await using var bench = await BenchAsync(ModelStage.Approved);
        bench.Endpoints.BadOnceRouted["m@1"] = "It is broken.";

        var deployment = await SeeAsync(bench, await DeployAsync(bench, 1));

        Assert.Equal(DeploymentStatus.Failed, deployment.Status);
        Assert.Null(await bench.Get<EndpointSet>().FindAsync("e", Cancel));
        Assert.Empty(bench.Endpoints.Answers);
    }

    [Fact]
    public async Task Deploy_TwoAtOnce_TheLaterAskedForWinsAndBothSayHowTheyEnded()
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved, ModelStage.Approved);
        await DeployAsync(bench, 1);
        var early = await DeployAsync(bench, 2, run: false);
        var late = await DeployAsync(bench, 3, run: false);
        await bench.RunDryAsync();

        var endpoint = await bench.Get<EndpointSet>().FindAsync("e", Cancel);

        Assert.Equal([new EndpointTraffic("m", 3, 100)], endpoint!.Traffic);
        Assert.Equal("m@3", bench.Endpoints.Answers["e"]);
        Assert.Equal(DeploymentStatus.Succeeded, (await SeeAsync(bench, late)).Status);
        Assert.NotEqual(DeploymentStatus.Running, (await SeeAsync(bench, early)).Status);
    }

    [Fact]
    public async Task Deploy_EarlierOneIsSlower_ComesTooLateAndSaysSo()
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved);
        bench.Endpoints.Failure = new ServerlessException("unavailable", "away", retryable: true);
        var slow = await DeployAsync(bench, 1, run: false);
        for (var tries = 0; tries < 6; tries++)
        {
            await bench.Engine.PumpAsync(Cancel);
            bench.Clock.Advance(bench.Engine.NextDue()!.Value - bench.Clock.GetUtcNow());
        }

        await bench.Engine.PumpAsync(Cancel);
        bench.Endpoints.Failure = null;
        var fast = await DeployAsync(bench, 2, run: false);
        await bench.Engine.PumpAsync(Cancel);
        Assert.Equal(DeploymentStatus.Succeeded, (await SeeAsync(bench, fast)).Status);
        await bench.RunDryAsync();

        var late = await SeeAsync(bench, slow);

        Assert.Equal(DeploymentStatus.Failed, late.Status);
        Assert.Contains(fast.Id, late.Message, StringComparison.Ordinal);
        Assert.Equal("m@2", bench.Endpoints.Answers["e"]);
    }

    [Fact]
    public async Task Rollback_ThenForward_AndRefusedWhenNothingWasBefore()
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved);
        var changes = bench.Get<EndpointChanges>();
        Assert.Equal("not_found", (await Assert.ThrowsAsync<ServerlessException>(() => changes.RollbackAsync("e", Cancel))).Code);
        await DeployAsync(bench, 1);
        Assert.Equal("conflict", (await Assert.ThrowsAsync<ServerlessException>(() => changes.RollbackAsync("e", Cancel))).Code);
        await DeployAsync(bench, 2);

        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await changes.RollbackAsync("e", Cancel)).Traffic[0].Version);
        Assert.Equal("m@1", bench.Endpoints.Answers["e"]);
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await changes.RollbackAsync("e", Cancel)).Traffic[0].Version);
    }

    [Fact]
    public async Task Delete_WhileADeploymentIsUnderWay_StaysDeleted()
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved);
        await DeployAsync(bench, 1);
        var underWay = await DeployAsync(bench, 2, run: false);

        await bench.Get<EndpointChanges>().DeleteAsync("e", Cancel);
        await bench.RunDryAsync();

        Assert.Null(await bench.Get<EndpointSet>().FindAsync("e", Cancel));
        Assert.Empty(bench.Endpoints.Answers);
        Assert.Equal(DeploymentStatus.Failed, (await SeeAsync(bench, underWay)).Status);
        Assert.Contains("m@1", bench.Endpoints.Drained);
    }

    [Fact]
    public async Task Delete_WhileADeploymentIsBeingRouted_TheEndpointDoesNotComeBack()
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved);
        await DeployAsync(bench, 1);
        bench.Crash.Between = ("endpoint", () => bench.Get<EndpointChanges>().DeleteAsync("e", Cancel));

        var deployment = await SeeAsync(bench, await DeployAsync(bench, 2));

        Assert.Null(bench.Crash.Between);
        Assert.Null(await bench.Get<EndpointSet>().FindAsync("e", Cancel));
        Assert.DoesNotContain("m@2", bench.Endpoints.Routed);
        Assert.Equal(DeploymentStatus.Failed, deployment.Status);
        Assert.Contains("was deleted", deployment.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_WorkflowBrokeAfterRouting_GoesBackAndSaysSo()
    {
        await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved);
        await DeployAsync(bench, 1);
        var deployment = await DeployAsync(bench, 2, run: false);
        while (bench.Endpoints.Answers["e"] == "m@1")
            Assert.True(await bench.Engine.StepAsync(Cancel));
        bench.Engine.Break(deployment.Id, "A step was removed.");

        await bench.Get<Reaper>().RunAsync(Cancel);

        var seen = await SeeAsync(bench, deployment);
        Assert.Equal(DeploymentStatus.Failed, seen.Status);
        Assert.Contains("A step was removed.", seen.Message, StringComparison.Ordinal);
        Assert.Equal("m@1", bench.Endpoints.Answers["e"]);
    }

    [Fact]
    public async Task Deploy_CrashAfterEachWriteAndEachMessageTwice_SameOutcome()
    {
        for (var at = 0; ; at++)
        {
            await using var bench = await BenchAsync(ModelStage.Approved, ModelStage.Approved);
            await DeployAsync(bench, 1);
            bench.Engine.Twice = at == 0;
            bench.Crash.At = at == 0 ? 0 : bench.Crash.Count + at;
            _ = await Record.ExceptionAsync(() => DeployAsync(bench, 2));
            await bench.Get<Reaper>().RunAsync(Cancel);
            await bench.RunDryAsync();

            var (all, _) = await bench.Get<DeploymentSet>().QueryAsync(null, null, 10, null, Cancel);
            Assert.All(all, one => Assert.Equal(DeploymentStatus.Succeeded, one.Status));
            var endpoint = await bench.Get<EndpointSet>().FindAsync("e", Cancel);
            Assert.Equal((2, 2, 1), (endpoint!.Revision, endpoint.Traffic[0].Version, endpoint.Previous[0].Version));
            Assert.Equal("m@2", bench.Endpoints.Answers["e"]);
            if (at > 0 && bench.Crash.Count < bench.Crash.At)
            {
                Assert.True(at > 4);
                return;
            }
        }
    }
}
