using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Jobs;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Doorbells;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Datasets;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Submissions;
using Serverless.Orchestrations.Tests.Rig;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Training;

/// <summary>The same workflows on the embedded engine, in real time.</summary>
public sealed class TrainingOnDurableTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Training_HostStartedAgainBetweenAllPhases_EndsAsIfNothingHadHappened()
    {
        using var folder = new TempFolder();
        var world = new LiveWorld();
        string id;
        await using (var host = await LiveHost.StartAsync(world, folder["w.db"]))
        {
            await LandAsync(host, world);
            id = (await host.Get<JobSubmission>().SubmitAsync(Some.SpecWithModel(), "api", null, Cancel)).Id;
        }

        await using (var host = await LiveHost.StartAsync(world, folder["w.db"]))
        {
            await Eventually.TrueAsync("the job's ring", () => world.Doorbell.Pending(Queues.Pool("local")).Contains(id), cancel: Cancel);
            await ClaimAsync(host, id, "node-1", tell: false);
        }

        await using (var host = await LiveHost.StartAsync(world, folder["w.db"]))
            await ExitAsync(host, world, id, tell: true);

        await using (var host = await LiveHost.StartAsync(world, folder["w.db"]))
        {
            await EndAsync(host, id);
            var job = await host.Jobs.FindAsync(id, Cancel);
            Assert.Equal((JobStatus.Succeeded, "digits@1", "digits"), (job!.Status, job.Model, job.Endpoint));
            await Eventually.TrueAsync("the workflow's end", async () => (await host.Get<Core.Workflows.IWorkflowClient>().FindAsync(id, Cancel))!.Status == Core.Workflows.WorkflowStatus.Completed, cancel: Cancel);
        }
    }

    [Fact]
    public async Task Training_AgentDies_TheNextAttemptCompletes()
    {
        using var folder = new TempFolder();
        var world = new LiveWorld();
        var pool = new PoolOptions { Lease = TimeSpan.FromMilliseconds(150) };
        await using var host = await LiveHost.StartAsync(world, folder["w.db"], pool, new JobWatchRules { Doubt = TimeSpan.FromMilliseconds(50) });
        await LandAsync(host, world);
        var id = (await host.Get<JobSubmission>().SubmitAsync(Some.SpecWithModel(), "api", null, Cancel)).Id;
        await QueuedAsync(host, id, 0);
        await ClaimAsync(host, id, "node-1", tell: true);

        await QueuedAsync(host, id, 1);
        await ClaimAsync(host, id, "node-2", tell: true, TimeSpan.FromMinutes(1));
        await ExitAsync(host, world, id, tell: true);
        await EndAsync(host, id);

        var job = await host.Jobs.FindAsync(id, Cancel);
        Assert.Equal((JobStatus.Succeeded, 2), (job!.Status, job.PublishedEpoch));
        Assert.Contains("node-1", world.Pool.Terminated);
    }

    private static Task QueuedAsync(LiveHost host, string id, int epoch) =>
        Eventually.TrueAsync($"job '{id}' to wait after attempt {epoch}", async () => await host.Jobs.FindAsync(id, Cancel) is { Status: JobStatus.Queued } job && job.Epoch == epoch, cancel: Cancel);

    private static Task EndAsync(LiveHost host, string id) =>
        Eventually.TrueAsync($"job '{id}' to end", async () => (await host.Jobs.FindAsync(id, Cancel))!.Ended, cancel: Cancel);

    private static async Task LandAsync(LiveHost host, LiveWorld world)
    {
        await world.Artifacts.PutAsync(ArtifactPaths.Content(Some.Sha(1)), new MemoryStream([1]), PutOptions.Overwrite, Cancel);
        await host.Get<DatasetLanding>().LandAsync("digits", [new ContentFile("a.csv", Some.Sha(1), 1)], "api", Cancel);
    }

    private static async Task ClaimAsync(LiveHost host, string id, string node, bool tell, TimeSpan? lease = null)
    {
        var before = await host.Jobs.FindAsync(id, Cancel);
        var held = lease ?? host.Get<PoolOptions>().Lease;
        var after = await host.Jobs.UpdateAsync(id, job => JobLife.Claim(job, Some.Machine(node), 1, "USD", held, TimeProvider.System.GetUtcNow()), Cancel);
        Assert.Equal(before!.Epoch + 1, after!.Epoch);
        if (tell)
            await host.Get<JobNews>().TellAsync(before, after, Cancel);
    }

    private static async Task ExitAsync(LiveHost host, LiveWorld world, string id, bool tell)
    {
        var before = (await host.Jobs.FindAsync(id, Cancel))!;
        await world.Artifacts.PutAsync(ArtifactPaths.File(id, before.Epoch, FileKind.Model, "model.onnx"), new MemoryStream([1]), PutOptions.Overwrite, Cancel);
        var now = TimeProvider.System.GetUtcNow();
        var report = new AttemptReport
        {
            NodeId = before.Lease!.NodeId,
            Epoch = before.Epoch,
            Phase = AttemptPhase.Exited,
            Exit = new AttemptExit { Reason = JobReason.Completed, ExitCode = 0, At = now },
        };
        var after = await host.Jobs.UpdateAsync(id, job => JobLife.Report(job, report, TimeSpan.FromSeconds(15), now), Cancel);
        if (tell)
            await host.Get<JobNews>().TellAsync(before, after!, Cancel);
    }
}
