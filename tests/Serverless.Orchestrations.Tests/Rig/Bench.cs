using Microsoft.Extensions.DependencyInjection;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Content;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Jobs;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Endpoints;
using Serverless.Core.Ids;
using Serverless.Core.Jobs;
using Serverless.Core.Models;
using Serverless.Core.Secrets;
using Serverless.Core.Workflows;
using Serverless.Orchestrations.Datasets;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Submissions;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Rig;

/// <summary>Everything of a host but its adapters: stores in memory, time by hand, an engine that takes steps, and crash points after every write.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public Bench(PoolOptions? pool = null, IReadOnlyList<PoolOptions>? others = null)
    {
        var options = pool ?? new PoolOptions();
        Doorbell = new MemoryDoorbell(Clock);
        Artifacts = new MemoryArtifactStore(Clock);
        Pool = new MemoryComputePool(options.Name, options.MaxNodes, Clock);
        var documents = new MemoryDocumentStore(Clock);
        Endpoints = new PaperEndpoints(new EndpointSet(documents), new ModelSet(documents));
        var all = new ServiceCollection();
        all.AddLogging();
        all.AddSingleton<TimeProvider>(Clock).AddSingleton<IIdSource, CountingIds>().AddSingleton(options);
        all.AddSingleton<IDocumentStore>(new CrashingDocuments(documents, Crash)).AddSingleton<IArtifactStore>(new CrashingArtifacts(Artifacts, Crash));
        all.AddSingleton<IDoorbell>(new CrashingDoorbell(Doorbell, Crash)).AddSingleton<IComputePool>(new CrashingPool(Pool, Crash));
        all.AddSingleton<ISecretStore>(Secrets);
        all.AddSingleton<IEndpointHost>(new CrashingEndpoints(Endpoints, Crash));
        all.AddSingleton(provider => new StepEngine(provider.GetRequiredService<WorkflowCatalog>(), provider, Clock));
        all.AddSingleton<IWorkflowClient>(provider => provider.GetRequiredService<StepEngine>());
        foreach (var other in others ?? [])
            all.AddSingleton(other);
        all.AddOrchestrations();
        services = all.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public ManualTime Clock { get; } = new(Some.Start);

    public CrashPoints Crash { get; } = new();

    public MemoryDoorbell Doorbell { get; }

    public MemoryArtifactStore Artifacts { get; }

    public MemoryComputePool Pool { get; }

    public PaperEndpoints Endpoints { get; }

    public MemorySecretStore Secrets { get; } = new();

    public StepEngine Engine => Get<StepEngine>();

    public JobSet Jobs => Get<JobSet>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async Task<JobRecord> JobAsync(string id) => await Jobs.FindAsync(id, Cancel) ?? throw new InvalidOperationException($"There is no job '{id}'.");

    /// <summary>Lands one version of a data set.</summary>
    public async Task<DatasetVersion> LandAsync(string name = "digits", string path = "train.csv", int content = 1)
    {
        var sha = Some.Sha(content);
        await Artifacts.PutAsync(ArtifactPaths.Content(sha), new MemoryStream([1]), PutOptions.Overwrite, Cancel);
        return await Get<DatasetLanding>().LandAsync(name, [new ContentFile(path, sha, 1)], "api", Cancel);
    }

    public Task<JobRecord> SubmitAsync(JobSpec spec) => Get<JobSubmission>().SubmitAsync(spec, "api", null, Cancel);

    /// <summary>Runs workflows, moving time from one timer to the next, until a job has ended; an actor may do something whenever they rest.</summary>
    public async Task<JobRecord> EndOfAsync(string id, Func<JobRecord, Task>? act = null)
    {
        for (var rounds = 0; rounds < 2_000; rounds++)
        {
            await Engine.PumpAsync(Cancel);
            var job = await JobAsync(id);
            if (job.Ended)
                return job;
            if (act is not null)
                await act(job);
            await Engine.PumpAsync(Cancel);
            var now = await JobAsync(id);
            if (now.Ended || now.Exit is null != job.Exit is null || now.Epoch != job.Epoch || now.Status != job.Status)
                continue;
            Assert.True(Engine.NextDue() is not null, $"Nothing is due and job '{id}' is {now.Status}.");
            if (Engine.NextDue() is { } due && due > Clock.GetUtcNow())
                Clock.Advance(due - Clock.GetUtcNow());
        }

        throw new TimeoutException($"Job '{id}' did not end: {(await JobAsync(id)).Status}.");
    }

    /// <summary>Runs workflows, moving time from one timer to the next, until nothing will ever happen by itself.</summary>
    public async Task RunDryAsync()
    {
        await Engine.PumpAsync(Cancel);
        for (var rounds = 0; rounds < 2_000 && Engine.NextDue() is { } due; rounds++)
        {
            if (due > Clock.GetUtcNow())
                Clock.Advance(due - Clock.GetUtcNow());
            await Engine.PumpAsync(Cancel);
        }
    }

    /// <summary>The agent that holds a job keeps its claim.</summary>
    public Task RenewAsync(string id) =>
        Jobs.UpdateAsync(id, now => JobLife.Renew(now, now.Lease!.NodeId, now.Epoch, new PoolOptions().Lease, Clock.GetUtcNow()), Cancel);

    /// <summary>An agent claims a job; false when it is not there to be taken.</summary>
    public async Task<bool> ClaimAsync(string id, string node = "node-1")
    {
        var before = await JobAsync(id);
        var after = await Jobs.UpdateAsync(id, job => JobLife.Claim(job, Some.Machine(node), 0.36m, "USD", new PoolOptions().Lease, Clock.GetUtcNow()), Cancel);
        await Get<JobNews>().TellAsync(before, after!, Cancel);
        return after!.Epoch > before.Epoch;
    }

    /// <summary>The agent that holds a job says how its program ended, with metrics; it has uploaded a model when it completed.</summary>
    public async Task ExitAsync(string id, JobReason reason, params (string Name, double Value)[] metrics)
    {
        var before = await JobAsync(id);
        if (reason == JobReason.Completed && before.Spec.Model is { } model)
            await Artifacts.PutAsync(ArtifactPaths.File(id, before.Epoch, FileKind.Model, model.File), new MemoryStream([1, 2, 3]), PutOptions.Overwrite, Cancel);
        var report = new AttemptReport
        {
            NodeId = before.Lease!.NodeId,
            Epoch = before.Epoch,
            Phase = AttemptPhase.Exited,
            Points = [.. metrics.Select(metric => new MetricPoint(metric.Name, metric.Value, null, Clock.GetUtcNow()))],
            StartedAt = Clock.GetUtcNow(),
            Exit = new AttemptExit { Reason = reason, ExitCode = reason == JobReason.Completed ? 0 : 1, At = Clock.GetUtcNow(), LogTail = ["last words"] },
        };
        var after = await Jobs.UpdateAsync(id, job => JobLife.Report(job, report, new PoolOptions().Lease, Clock.GetUtcNow()), Cancel);
        await Get<JobNews>().TellAsync(before, after!, Cancel);
    }

    /// <summary>An actor: an agent that claims what waits, and ends what it holds.</summary>
    public Func<JobRecord, Task> Agent(JobReason reason = JobReason.Completed, params (string Name, double Value)[] metrics) => async job =>
    {
        if (job.Status == JobStatus.Queued)
            await ClaimAsync(job.Id);
        else if (job.Status is JobStatus.Starting or JobStatus.Running && job.Exit is null)
            await ExitAsync(job.Id, reason, metrics);
    };

    public async ValueTask DisposeAsync() => await services.DisposeAsync();
}
