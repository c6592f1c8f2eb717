using Serverless.Contracts.Endpoints;
using Serverless.Core.Artifacts;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;
using static Serverless.Functions.Tests.Inference.ServedModels;

namespace Serverless.Functions.Tests.Inference;

/// <summary>When sessions are loaded and unloaded.</summary>
public sealed class SessionTests
{
    private const string One = """{"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[1]}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstCalls_FiveHundredAtOnce_LoadOnceAndAreAllAnswered()
    {
        var artifacts = new GatedArtifacts();
        using var served = new ServedModels(artifacts: artifacts);
        await served.DeployAsync("e", Models.Plus(1));
        var calls = Enumerable.Range(0, 500).Select(_ => Task.Run(() => served.InferAsync("e", One))).ToList();
        await Eventually.TrueAsync("the load to begin", () => artifacts.Opened == 1, cancel: Cancel);
        artifacts.Open();
        foreach (var reply in await Task.WhenAll(calls))
            Assert.Contains("\"data\":[2]", Good(reply));
        Assert.Equal((1, 1), (served.Sessions.Loads, artifacts.Opened));
    }

    [Fact]
    public async Task Calls_BeyondTheQueue_AreAskedToComeAgain()
    {
        var artifacts = new GatedArtifacts();
        using var served = new ServedModels(options => options with { MaxRuns = 1, MaxWaiting = 2 }, artifacts: artifacts);
        await served.DeployAsync("e", Models.Plus(1));
        var waiting = Enumerable.Range(0, 3).Select(_ => served.InferAsync("e", One)).ToList();
        var refused = await served.InferAsync("e", One);
        Assert.Equal("busy", Problem(refused, 429).Code);
        Assert.Equal("1", refused.Headers.Single(header => header.Key == "Retry-After").Value);
        artifacts.Open();
        Assert.All(await Task.WhenAll(waiting), reply => Good(reply));
        Good(await served.InferAsync("e", One));
    }

    [Fact]
    public async Task Session_Idle_IsUnloadedAndLoadedAgain()
    {
        var time = new ManualTime();
        using var served = new ServedModels(time: time);
        await served.DeployAsync("e", Models.Plus(1), idleSeconds: 60);
        Good(await served.InferAsync("e", One));
        time.Advance(TimeSpan.FromSeconds(50));
        Good(await served.InferAsync("e", One));
        time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(1, await served.Host.SessionsAsync("e", Cancel));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, await served.Host.SessionsAsync("e", Cancel));
        Good(await served.InferAsync("e", One));
        Assert.Equal(2, served.Sessions.Loads);
    }

    [Fact]
    public async Task Session_ProbedLongBefore_IsUnloadedByTheEndpointsIdleTime()
    {
        var time = new ManualTime();
        using var served = new ServedModels(time: time);
        await served.DeployAsync("e", Models.Plus(1), idleSeconds: 2);
        Assert.True((await served.Host.ProbeAsync(new EndpointModel("e", 1), Cancel)).Passed);
        Good(await served.InferAsync("e", One));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await served.Host.SessionsAsync("e", Cancel));
    }

    [Fact]
    public async Task Session_InUse_IsNotUnloadedHoweverLongItTakes()
    {
        var time = new ManualTime();
        using var served = new ServedModels(time: time);
        await served.DeployAsync("e", Models.Plus(1), idleSeconds: 1);
        var model = new EndpointModel("e", 1);
        using (await served.Sessions.AcquireAsync(model, TimeSpan.FromSeconds(1), Cancel))
        {
            time.Advance(TimeSpan.FromHours(1));
            var drain = served.Sessions.DrainAsync(model, Cancel);
            Assert.False(drain.IsCompleted);
            Assert.True(served.Sessions.IsLoaded(model));
            Good(await served.InferAsync("e", One));
        }

        Assert.False(served.Sessions.IsLoaded(model));
        Assert.Equal(1, served.Sessions.Loads);
    }

    [Fact]
    public async Task Sessions_BeyondTheLimit_GiveWayOldestFirst()
    {
        var time = new ManualTime();
        using var served = new ServedModels(options => options with { MaxSessions = 2 }, time);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await served.DeployAsync(name, Models.Plus(1));
            Good(await served.InferAsync(name, One));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([false, true, true], new[] { "a", "b", "c" }.Select(name => served.Sessions.IsLoaded(new EndpointModel(name, 1))));
    }

    [Fact]
    public async Task Call_WhoseCallerGoes_LeavesTheLoadToTheOthers()
    {
        var artifacts = new GatedArtifacts();
        using var served = new ServedModels(artifacts: artifacts);
        await served.DeployAsync("e", Models.Plus(1));
        using var gone = new CancellationTokenSource();
        var first = served.Predictor.InferAsync("e", Json(One), gone.Token);
        var second = served.InferAsync("e", One);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        artifacts.Open();
        Good(await second);
        Assert.Equal(1, served.Sessions.Loads);
        Assert.Equal(0, served.Budget.Held);
    }

    [Fact]
    public async Task ModelFile_ReplacedAfterItWasRegistered_IsNotLoaded()
    {
        using var served = new ServedModels();
        await served.DeployAsync("e", Models.Plus(1));
        var file = Models.Plus(2);
        await served.Artifacts.PutAsync(ArtifactPaths.Model("e", 1), new MemoryStream(file), new PutOptions(), Cancel);
        Assert.Equal("hash_mismatch", Problem(await served.InferAsync("e", One), 422).Code);
        var check = await served.Host.PrepareAsync(new EndpointModel("e", 1), Cancel);
        Assert.Contains("not the one that was registered", check.Message);
        await served.Artifacts.PutAsync(ArtifactPaths.Model("e", 1), new MemoryStream([.. file, 0]), new PutOptions(), Cancel);
        Assert.False((await served.Host.ProbeAsync(new EndpointModel("e", 1), Cancel)).Passed);
    }

    [Fact]
    public async Task Load_ThatFailed_IsTriedAgainAfterAMoment()
    {
        var time = new ManualTime();
        var artifacts = new GatedArtifacts { Failing = true };
        artifacts.Open();
        using var served = new ServedModels(time: time, artifacts: artifacts);
        await served.DeployAsync("e", Models.Plus(1));
        Assert.True(Problem(await served.InferAsync("e", One), 503).Retryable);
        Problem(await served.InferAsync("e", One), 503);
        Assert.Equal(1, artifacts.Opened);
        artifacts.Failing = false;
        time.Advance(TimeSpan.FromSeconds(3));
        Good(await served.InferAsync("e", One));
    }

    [Fact]
    public async Task Traffic_OfZero_AnswersThatNobodyDoes()
    {
        using var served = new ServedModels();
        await served.RegisterAsync("e", 1, Models.Plus(1));
        await served.RouteAsync("e", 300);
        Assert.True(Problem(await served.InferAsync("e", One), 503).Retryable);
        await served.RouteAsync("e", 300, new EndpointTraffic("e", 1, 0), new EndpointTraffic("e", 1, 61));
        Good(await served.InferAsync("e", One));
    }

    /// <summary>Artifacts in memory whose reading waits until a test opens it, or fails.</summary>
    private sealed class GatedArtifacts : IArtifactStore
    {
        private readonly MemoryArtifactStore inner = new();
        private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int opened;

        public int Opened => Volatile.Read(ref opened);

        public bool Failing { get; set; }

        public void Open() => gate.TrySetResult();

        public async Task<Stream> OpenReadAsync(ArtifactPath path, ByteRange? range, CancellationToken cancel)
        {
            Interlocked.Increment(ref opened);
            await gate.Task;
            return Failing ? throw new ServerlessException("unavailable", "The store is down.", "Try again.", retryable: true) : await inner.OpenReadAsync(path, range, cancel);
        }

        public Task<ArtifactEntry?> FindAsync(ArtifactPath path, CancellationToken cancel) => inner.FindAsync(path, cancel);

        public Task<ArtifactEntry> PutAsync(ArtifactPath path, Stream content, PutOptions options, CancellationToken cancel) => inner.PutAsync(path, content, options, cancel);

        public Task<long> AppendAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel) => inner.AppendAsync(path, offset, bytes, cancel);

        public IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

        public Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel) => inner.DeleteAsync(path, cancel);

        public Task<ArtifactAddress> AddressAsync(ArtifactPath path, ArtifactVerb verb, TimeSpan lifetime, CancellationToken cancel) => inner.AddressAsync(path, verb, lifetime, cancel);
    }
}
