using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Contracts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Jobs;
using Serverless.TestKit.Fakes;

namespace Serverless.Functions.Tests.Api;

/// <summary>What it costs to follow a job's metrics.</summary>
public sealed class MetricReadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_ReadOn_ReadsOnlyWhatIsNew()
    {
        var store = new WatchedArtifacts(new MemoryArtifactStore());
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<IArtifactStore>(store));
        var spec = new JobSpec { Program = new ProgramSpec { Algorithm = "logistic-regression" } };
        await host.Jobs.CreateAsync(new JobRecord { Id = "job-1", Name = "j", Spec = spec, Source = "api", Status = JobStatus.Running, Epoch = 1, CreatedAt = DateTimeOffset.UnixEpoch }, Cancel);
        var first = await AppendAsync(store, 1, 0, Line(0) + Line(1) + Line(2));
        Assert.Equal([0, 1, 2], await ReadAsync(host, 0));
        Assert.Empty(await ReadAsync(host, 3));
        Assert.Single(store.Opened); // the second call found that nothing is new without opening the file

        var torn = Line(4)[..10];
        var second = await AppendAsync(store, 1, first, Line(3) + torn);
        Assert.Equal([3], await ReadAsync(host, 3));
        Assert.Equal(first, store.Opened.Last());
        await AppendAsync(store, 1, second, Line(4)[10..]);
        Assert.Equal([4], await ReadAsync(host, 4));
        Assert.Equal(second - torn.Length, store.Opened.Last());

        // Another attempt goes on in a file of its own; a position that was never given out is found from the beginning.
        await host.Jobs.UpdateAsync("job-1", job => job with { Epoch = 2 }, Cancel);
        await AppendAsync(store, 2, 0, Line(5) + Line(6));
        Assert.Equal([5, 6], await ReadAsync(host, 5));
        Assert.Equal([2, 3, 4, 5, 6], await ReadAsync(host, 2));
        Assert.Empty(await ReadAsync(host, 7));
        Assert.Empty(await ReadAsync(host, 1_000));
    }

    private static string Line(int value) => $$"""{"name":"loss","value":{{value}},"at":"2026-01-01T00:00:00+00:00"}""" + "\n";

    private static Task<long> AppendAsync(IArtifactStore store, int epoch, long offset, string text) =>
        store.AppendAsync(ArtifactPaths.Metrics("job-1", epoch), offset, Encoding.UTF8.GetBytes(text), Cancel);

    private static async Task<IEnumerable<double>> ReadAsync(ApiHost host, long position)
    {
        using var response = await host.Http.GetAsync($"{Routes.Fill(Routes.JobMetrics, "job-1")}?position={position}", Cancel);
        var metrics = await ApiHost.ReadAsync(response, ContractsJson.Default.JobMetrics);
        Assert.Equal(position + metrics.Points.Count, metrics.Next);
        return metrics.Points.Select(point => point.Value);
    }

    /// <summary>Takes note of where reading begins.</summary>
    private sealed class WatchedArtifacts(IArtifactStore inner) : IArtifactStore
    {
        public ConcurrentQueue<long> Opened { get; } = [];

        public Task<ArtifactEntry?> FindAsync(ArtifactPath path, CancellationToken cancel) => inner.FindAsync(path, cancel);

        public Task<ArtifactEntry> PutAsync(ArtifactPath path, Stream content, PutOptions options, CancellationToken cancel) => inner.PutAsync(path, content, options, cancel);

        public Task<Stream> OpenReadAsync(ArtifactPath path, ByteRange? range, CancellationToken cancel)
        {
            Opened.Enqueue(range?.Offset ?? 0);
            return inner.OpenReadAsync(path, range, cancel);
        }

        public Task<long> AppendAsync(ArtifactPath path, long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancel) => inner.AppendAsync(path, offset, bytes, cancel);

        public IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

        public Task<bool> DeleteAsync(ArtifactPath path, CancellationToken cancel) => inner.DeleteAsync(path, cancel);

        public Task<ArtifactAddress> AddressAsync(ArtifactPath path, ArtifactVerb verb, TimeSpan lifetime, CancellationToken cancel) => inner.AddressAsync(path, verb, lifetime, cancel);
    }
}
