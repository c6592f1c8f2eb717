using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Models;
using Serverless.Core.Artifacts;
using Serverless.Core.Doorbells;
using Serverless.Core.Endpoints;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Training;

/// <summary>What becomes of a job's model.</summary>
public sealed class TrainingModelTests
{
    private static readonly GateSpec Gate = new("accuracy", GateOperator.AtLeast, 0.93);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Training_GoodModel_IsRegisteredGatedDeployedAndReleased()
    {
        await using var bench = new Bench();
        var data = await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel("digits", Gate));

        var ended = await bench.EndOfAsync(job.Id, bench.Agent(JobReason.Completed, ("accuracy", 0.96)));

        Assert.Equal((JobStatus.Succeeded, JobReason.Completed, "digits@1", "digits"), (ended.Status, ended.Reason, ended.Model, ended.Endpoint));
        Assert.Equal($"digits@{data.Version}", ended.Spec.Inputs[0].Dataset);
        var model = await bench.Get<ModelSet>().FindAsync("digits@1", Cancel);
        Assert.Equal(ModelStage.Approved, model!.Stage);
        Assert.Equal(job.Id, model.Lineage.JobId);
        Assert.Equal($"digits@{data.Version}", model.Lineage.Datasets["train"]);
        Assert.Equal("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", model.Sha256); // of the bytes 1, 2, 3
        Assert.Equal("x", model.Inputs[0].Name);
        Assert.Equal(0.02, model.Parity?.Excess);
        Assert.True(model.Gate[0].Passed);
        Assert.NotNull(await bench.Artifacts.FindAsync(ArtifactPaths.Model("digits", 1), Cancel));
        Assert.Equal("digits@1", bench.Endpoints.Answers["digits"]);
        Assert.Single(bench.Pool.Nodes);
        Assert.Empty(bench.Pool.Terminated);
    }

    [Fact]
    public async Task Training_FirstStep_AsksForANodeAndRingsBeforeAnyOtherStep()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);

        Assert.Equal(JobStatus.Queued, (await bench.JobAsync(job.Id)).Status);
        Assert.Single(bench.Pool.Nodes);
        Assert.Equal([job.Id], bench.Doorbell.Pending(Queues.Pool("local")));
        Assert.Single(bench.Engine.History(job.Id), line => line.Contains("activity-called", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Training_DatasetMissing_EndsWithWhatWhyAndCure()
    {
        await using var bench = new Bench();
        var job = await bench.SubmitAsync(Some.SpecWithModel());

        var ended = await bench.EndOfAsync(job.Id);

        Assert.Equal((JobStatus.Failed, JobReason.NotAdmitted), (ended.Status, ended.Reason));
        Assert.Contains("'digits'", ended.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(ended.Cure));
        Assert.Empty(bench.Pool.Grown);
    }

    [Fact]
    public async Task Training_GateRejects_KeepsTheModelRejectedAndSaysWhy()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var job = await bench.SubmitAsync(Some.SpecWithModel("digits", Gate));

        var ended = await bench.EndOfAsync(job.Id, bench.Agent(JobReason.Completed, ("accuracy", 0.5)));

        Assert.Equal((JobStatus.Failed, JobReason.GateRejected, "digits@1"), (ended.Status, ended.Reason, ended.Model));
        Assert.Contains("'accuracy' is 0.5; at least 0.93", ended.Message, StringComparison.Ordinal);
        Assert.Contains("digits@1", ended.Cure, StringComparison.Ordinal);
        Assert.Equal(["last words"], JobViews.View(ended, Some.Start).LogTail);
        Assert.Equal(ModelStage.Rejected, (await bench.Get<ModelSet>().FindAsync("digits@1", Cancel))!.Stage);
        Assert.Empty(bench.Endpoints.Answers);
    }

    [Fact]
    public async Task Training_NoModelFile_SaysWhichFileIsMissing()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var spec = Some.SpecWithModel();
        var job = await bench.SubmitAsync(spec with { Model = spec.Model! with { File = "best.onnx" } });

        var ended = await bench.EndOfAsync(job.Id, async seen =>
        {
            await bench.Agent()(seen);
            await bench.Artifacts.DeleteAsync(ArtifactPaths.File(job.Id, 1, Contracts.Agents.FileKind.Model, "best.onnx"), Cancel);
        });

        Assert.Equal((JobStatus.Failed, JobReason.ModelMissing), (ended.Status, ended.Reason));
        Assert.Contains("'best.onnx'", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_ModelThatCannotBeLoaded_IsNotRegistered()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        bench.Endpoints.BadToPrepare["digits@1"] = "The graph has a cycle.";
        var job = await bench.SubmitAsync(Some.SpecWithModel());

        var ended = await bench.EndOfAsync(job.Id, bench.Agent());

        Assert.Equal((JobStatus.Failed, JobReason.ModelInvalid, null), (ended.Status, ended.Reason, ended.Model));
        Assert.Contains("The graph has a cycle.", ended.Message, StringComparison.Ordinal);
        Assert.Equal("Write a good model.", ended.Cure);
        Assert.Null(await bench.Get<ModelSet>().FindAsync("digits@1", Cancel));
    }

    [Fact]
    public async Task Training_EndpointDoesNotTakeTheModel_TheOldOneStays()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        var first = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.EndOfAsync(first.Id, bench.Agent());
        bench.Endpoints.BadToProbe["digits@2"] = "It gives no answer.";
        var second = await bench.SubmitAsync(Some.SpecWithModel());

        var ended = await bench.EndOfAsync(second.Id, bench.Agent());

        Assert.Equal((JobStatus.Failed, JobReason.DeploymentFailed, "digits@2"), (ended.Status, ended.Reason, ended.Model));
        Assert.Contains("It gives no answer.", ended.Message, StringComparison.Ordinal);
        Assert.Equal("digits@1", bench.Endpoints.Answers["digits"]);
        Assert.Equal(1, (await bench.Get<EndpointSet>().FindAsync("digits", Cancel))!.Revision);
        var deployments = await bench.Get<DeploymentSet>().QueryAsync(null, null, 10, null, Cancel);
        Assert.Equal([DeploymentStatus.Failed, DeploymentStatus.Succeeded], deployments.Records.Select(one => one.Status));
    }

    [Fact]
    public async Task Training_EndpointHostStaysAway_EndsWithAWord()
    {
        await using var bench = new Bench();
        await bench.LandAsync();
        bench.Endpoints.Failure = new Core.Failures.ServerlessException("unavailable", "The endpoint host is away.", "Start it.", retryable: true);
        var job = await bench.SubmitAsync(Some.SpecWithModel());
        await bench.Engine.PumpAsync(Cancel);
        await bench.ClaimAsync(job.Id);
        await bench.ExitAsync(job.Id, JobReason.Completed);
        await bench.RunDryAsync();

        var ended = await bench.JobAsync(job.Id);

        Assert.Equal((JobStatus.Failed, JobReason.Internal), (ended.Status, ended.Reason));
        Assert.Contains("training.register", ended.Message, StringComparison.Ordinal);
        Assert.Contains("The endpoint host is away.", ended.Message, StringComparison.Ordinal);
        Assert.Equal("Start it.", ended.Cure);
    }
}
