using System.Collections.Concurrent;
using Serverless.Contracts.Endpoints;
using Serverless.Core.Endpoints;
using Serverless.Inference.Routing;
using Serverless.OnnxRuntime;
using Serverless.TestKit;

namespace Serverless.Functions.Tests.Inference;

public sealed class RouteTests
{
    [Theory]
    [InlineData(80, 20)]
    [InlineData(1, 99)]
    [InlineData(61, 61)]
    [InlineData(2, 1)]
    public void Choose_WithoutAKey_IsExactOverAsManyCallsAsTheShares(int first, int second)
    {
        var route = Route(first, second);
        var counts = Enumerable.Range(0, (first + second) * 3).Select(_ => route.Choose(null)!.Version).CountBy(version => version).ToDictionary();
        Assert.Equal((first * 3, second * 3), (counts[1], counts[2]));
    }

    [Fact]
    public void Choose_WithoutAKey_MixesTheTurns()
    {
        var route = Route(50, 50);
        var turns = Enumerable.Range(0, 100).Select(_ => route.Choose(null)!.Version).ToList();
        Assert.InRange(turns.Zip(turns.Skip(1)).Count(pair => pair.First != pair.Second), 40, 99);
    }

    [Fact]
    public void Choose_WithAKey_StaysAfterARestartAndSharesByWeight()
    {
        var (before, after) = (Route(70, 30), Route(70, 30));
        var chosen = Enumerable.Range(0, 10_000).Select(i => before.Choose($"user-{i}")!.Version).ToList();
        Assert.Equal(chosen, Enumerable.Range(0, 10_000).Select(i => after.Choose($"user-{i}")!.Version));
        Assert.InRange(chosen.Count(version => version == 1), 6_800, 7_200); // 4 standard deviations of 10,000 draws
    }

    [Fact]
    public async Task Cuda_WhereThereIsNone_FallsBackWithAWarningAndAnswers()
    {
        var said = new ConcurrentQueue<string>();
        var before = NativeRuntime.Logged;
        NativeRuntime.Logged = (severity, text) => said.Enqueue($"{severity} {text}");
        try
        {
            using var served = new ServedModels(options => options with { UseCuda = true });
            await served.DeployAsync("plus", Models.Plus(1));
            ServedModels.Good(await served.PredictAsync("plus", """[{"x":1}]"""));
        }
        finally
        {
            NativeRuntime.Logged = before;
        }

        if (!NativeRuntime.Shared().Providers().Contains("CUDAExecutionProvider"))
            Assert.Contains(said, text => text.StartsWith("2 CUDA was asked for", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Record_ChangedByAnotherHost_IsReadAgainAfterItsAge()
    {
        var time = new ManualTime();
        using var served = new ServedModels(options => options with { RouteAge = TimeSpan.FromSeconds(10) }, time);
        var (first, second) = (await served.RegisterAsync("m", 1, Models.Plus(1)), await served.RegisterAsync("m", 2, Models.Plus(2)));
        await served.RouteAsync("e", 60, new EndpointTraffic(first.Name, first.Version, 100));
        Assert.Contains("m@1", await VersionsAsync(served), StringComparison.Ordinal);

        await served.Endpoints.UpdateAsync("e", now => now with { Revision = 2, Traffic = [new EndpointTraffic(second.Name, second.Version, 100)] }, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Contains("m@1", await VersionsAsync(served), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("m@2", await VersionsAsync(served), StringComparison.Ordinal);
    }

    private static async Task<string> VersionsAsync(ServedModels served) =>
        System.Text.Encoding.UTF8.GetString((await served.Predictor.MetadataAsync("e", TestContext.Current.CancellationToken)).Body.Span);

    [Fact]
    public void Library_ThatIsNotThere_SaysWhereItWasLookedForAndTheCure()
    {
        var failure = Assert.Throws<OnnxLibraryException>(() => OnnxLibrary.Load("/nowhere/libonnxruntime.so"));
        Assert.Contains("/nowhere/libonnxruntime.so", failure.Message);
        Assert.Contains("SERVERLESS_ONNXRUNTIME", failure.Cure);
    }

    private static EndpointRoute Route(int first, int second) => new(new EndpointRecord
    {
        Name = "e",
        Revision = 1,
        Traffic = [new EndpointTraffic("m", 1, first), new EndpointTraffic("m", 2, second)],
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    });
}
