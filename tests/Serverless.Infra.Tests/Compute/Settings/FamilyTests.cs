using Microsoft.Extensions.DependencyInjection;
using Serverless.Contracts.Jobs;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Secrets;
using Serverless.Core.Workflows;
using Serverless.Infra.Compute;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.Infra.Tests.Templates;
using Serverless.Infra.Tests.Templates.Rules;
using Serverless.Orchestrations;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Submissions;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Infra.Tests.Compute.Settings;

/// <summary>A family of sizes from the setting to the queue that the templates made: a job is submitted onto the family, its machine comes, and the machine's agent hears the ring.</summary>
public sealed class FamilyTests : IAsyncLifetime
{
    private const string Pools = """[{"name":"gpu","sizes":["Standard_NC24ads_A100_v4","Standard_NC4as_T4_v3"]},{"name":"cpu","size":"Standard_D4s_v5"}]""";

    private readonly ManualTime clock = new();
    private FakeArmServer? arm;
    private ServiceProvider? host;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        arm = await FakeArmServer.StartAsync(clock, Cancel);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IDocumentStore>(new MemoryDocumentStore(clock)).AddSingleton<IArtifactStore>(new MemoryArtifactStore(clock)).AddSingleton<IDoorbell>(new MemoryDoorbell(clock)).AddSingleton<ISecretStore>(new MemorySecretStore());
        services.AddSingleton<IWorkflowClient, StartedWorkflows>().AddOrchestrations();
        services.AddScaleSetPools(ScaleSetSettingsTests.Read(Pools), _ => arm.Credential, arm.Connect);
        host = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await host!.DisposeAsync();
        await arm!.DisposeAsync();
    }

    [Theory]
    [InlineData("gpu", null, "gpu-nc4as-t4-v3", "Standard_NC4as_T4_v3")]
    [InlineData("gpu", "a100", "gpu-nc24ads-a100-v4", "Standard_NC24ads_A100_v4")]
    [InlineData("gpu-nc24ads-a100-v4", null, "gpu-nc24ads-a100-v4", "Standard_NC24ads_A100_v4")]
    [InlineData("cpu", null, "cpu", "Standard_D4s_v5")]
    public async Task Job_OntoAFamily_GetsTheCheapestSizeThatFits_AndItsRing(string asked, string? gpu, string pool, string size)
    {
        arm!.Script(new ArmAnswer("GET", "/skus", 200, Sizes));
        var job = await Get<JobSubmission>().SubmitAsync(
            new JobSpec { Program = new ProgramSpec { Algorithm = "logistic-regression" }, Resources = new ResourceSpec { Pool = asked, Gpu = gpu is null ? null : new GpuSpec(gpu, 1) } }, "api", null, Cancel);
        Assert.Equal((pool, size), (job.Placement!.Pool, job.Placement.Size));

        await Get<PoolQueue>().AnnounceAsync(job, Cancel);
        Assert.Equal([$"sl-env-{pool}"], arm.SetNames);
        Assert.Contains(Queues.Pool(pool).Replace('/', '~'), QueueRules.Made(TemplateFolder.Read(), Pools));
        Assert.Equal(job.Id, (await Get<IDoorbell>().TakeAsync(Queues.Pool(pool), TimeSpan.FromMinutes(1), TimeSpan.Zero, Cancel))?.Id);
    }

    [Fact]
    public async Task Job_OntoWhatIsNoPool_IsToldTheFamilies()
    {
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => Get<JobSubmission>().SubmitAsync(new JobSpec { Program = new ProgramSpec { Algorithm = "a" }, Resources = new ResourceSpec { Pool = "tpu" } }, "api", null, Cancel));
        Assert.Equal("Use one of: gpu, cpu.", Assert.Single(failed.Errors).Cure);
    }

    private const string Sizes = """
        {"value":[{"resourceType":"virtualMachines","name":"Standard_NC4as_T4_v3","family":"a"},{"resourceType":"virtualMachines","name":"Standard_NC24ads_A100_v4","family":"b"},{"resourceType":"virtualMachines","name":"Standard_D4s_v5","family":"c"}]}
        """;

    private T Get<T>()
        where T : notnull => host!.GetRequiredService<T>();

    /// <summary>Workflows start, and nothing more happens to them.</summary>
    private sealed class StartedWorkflows : IWorkflowClient
    {
        public Task<bool> StartAsync<TIn, TOut>(WorkflowName<TIn, TOut> workflow, string instanceId, TIn input, CancellationToken cancel) => Task.FromResult(true);

        public Task RaiseAsync<T>(string instanceId, string name, T payload, CancellationToken cancel) => Task.CompletedTask;

        public Task<WorkflowState?> FindAsync(string instanceId, CancellationToken cancel) => Task.FromResult<WorkflowState?>(null);

        public Task<WorkflowState?> WaitAsync(string instanceId, TimeSpan wait, CancellationToken cancel) => Task.FromResult<WorkflowState?>(null);

        public Task<bool> TerminateAsync(string instanceId, string reason, CancellationToken cancel) => Task.FromResult(false);

        public Task<bool> PurgeAsync(string instanceId, CancellationToken cancel) => Task.FromResult(false);

        public Task<int> PurgeEndedAsync(DateTimeOffset before, int limit, CancellationToken cancel) => Task.FromResult(0);

        public Task<IReadOnlyList<WorkflowState>> ListAsync(WorkflowStatus? status, int limit, CancellationToken cancel) => Task.FromResult<IReadOnlyList<WorkflowState>>([]);
    }
}
