using System.Collections.Concurrent;
using Serverless.Contracts.Endpoints;
using Serverless.Core.Endpoints;
using Serverless.TestKit;

namespace Serverless.Conformance.Endpoints;

/// <summary>What every <see cref="IEndpointHost"/> does. A subclass brings a host with stores of its own, and models whose answers it knows.</summary>
public abstract class EndpointHostConformance
{
    /// <summary>The host.</summary>
    protected abstract IEndpointHost Host { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Registers a version of the model <c>adder</c>, which takes <c>x</c> and gives <c>x</c> plus the version's number.</summary>
    protected abstract Task<EndpointModel> AdderAsync(int version);

    /// <summary>Registers a model whose file is none.</summary>
    protected abstract Task<EndpointModel> BrokenAsync();

    /// <summary>Writes the endpoint's record, with the next revision, and tells the host nothing.</summary>
    protected abstract Task WriteRecordAsync(string endpoint, IReadOnlyList<EndpointTraffic> traffic);

    /// <summary>Deletes the endpoint's record, and tells the host nothing.</summary>
    protected abstract Task DeleteRecordAsync(string endpoint);

    /// <summary>What the endpoint answers to 0; null when it has no such endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="stickyKey">The caller's sticky key.</param>
    protected abstract Task<float?> AskAsync(string endpoint, string? stickyKey = null);

    [Fact]
    public async Task Prepare_GoodModel_GivesItsSignature()
    {
        var check = await Host.PrepareAsync(await AdderAsync(1), Cancel);
        Assert.True(check.Passed, check.Message);
        Assert.Equal("x", check.Inputs.Single().Name);
        Assert.Equal("FP32", check.Inputs.Single().Datatype);
        Assert.Single(check.Outputs);
    }

    [Fact]
    public async Task Prepare_BrokenModel_SaysWhyAndTheCure()
    {
        var check = await Host.PrepareAsync(await BrokenAsync(), Cancel);
        Assert.False(check.Passed);
        Assert.False(string.IsNullOrEmpty(check.Message));
        Assert.False(string.IsNullOrEmpty(check.Cure));
    }

    [Fact]
    public async Task Prepare_UnknownModel_IsRefused() => Assert.False((await Host.PrepareAsync(new EndpointModel("nobody", 7), Cancel)).Passed);

    [Fact]
    public async Task Probe_GoodModel_AnswersAndMayBeRepeated()
    {
        var model = await AdderAsync(1);
        Assert.True((await Host.ProbeAsync(model, Cancel)).Passed);
        Assert.True((await Host.ProbeAsync(model, Cancel)).Passed);
    }

    [Fact]
    public async Task Probe_BrokenModel_IsRefused() => Assert.False((await Host.ProbeAsync(await BrokenAsync(), Cancel)).Passed);

    [Fact]
    public async Task Endpoint_WithoutRecord_DoesNotAnswer()
    {
        Assert.Null(await AskAsync("e"));
        await Host.RouteAsync("e", Cancel);
        Assert.Null(await AskAsync("e"));
        Assert.Equal(0, await Host.SessionsAsync("e", Cancel));
    }

    [Fact]
    public async Task Endpoint_WithRecord_AnswersWithoutBeingTold()
    {
        var model = await AdderAsync(3);
        await WriteRecordAsync("e", [new EndpointTraffic(model.Name, model.Version, 100)]);
        Assert.Equal(0, await Host.SessionsAsync("e", Cancel));
        Assert.Equal(3, await AskAsync("e"));
        Assert.Equal(1, await Host.SessionsAsync("e", Cancel));
    }

    [Fact]
    public async Task Route_AfterAChange_AnswersByIt()
    {
        var (first, second) = (await AdderAsync(1), await AdderAsync(2));
        await WriteRecordAsync("e", [new EndpointTraffic(first.Name, first.Version, 100)]);
        await Host.RouteAsync("e", Cancel);
        Assert.Equal(1, await AskAsync("e"));
        await WriteRecordAsync("e", [new EndpointTraffic(second.Name, second.Version, 100)]);
        await Host.RouteAsync("e", Cancel);
        await Host.RouteAsync("e", Cancel);
        Assert.Equal(2, await AskAsync("e"));
    }

    [Fact]
    public async Task Route_AfterTheRecordIsGone_AnswersNoMore()
    {
        var model = await AdderAsync(1);
        await WriteRecordAsync("e", [new EndpointTraffic(model.Name, model.Version, 100)]);
        Assert.Equal(1, await AskAsync("e"));
        await DeleteRecordAsync("e");
        await Host.RouteAsync("e", Cancel);
        Assert.Null(await AskAsync("e"));
        Assert.Equal(0, await Host.SessionsAsync("e", Cancel));
    }

    [Fact]
    public async Task Route_Split_SharesByWeight()
    {
        var (first, second) = (await AdderAsync(1), await AdderAsync(2));
        await WriteRecordAsync("e", [new EndpointTraffic(first.Name, first.Version, 80), new EndpointTraffic(second.Name, second.Version, 20)]);
        await Host.RouteAsync("e", Cancel);
        var ones = 0;
        for (var i = 0; i < 200; i++)
            ones += await AskAsync("e") == 1 ? 1 : 0;
        Assert.InRange(ones, 130, 190);
        Assert.Equal(2, await Host.SessionsAsync("e", Cancel));
    }

    [Fact]
    public async Task Route_Split_KeepsAStickyCallerAtOneVersion()
    {
        var (first, second) = (await AdderAsync(1), await AdderAsync(2));
        await WriteRecordAsync("e", [new EndpointTraffic(first.Name, first.Version, 50), new EndpointTraffic(second.Name, second.Version, 50)]);
        await Host.RouteAsync("e", Cancel);
        var answers = new List<float?>();
        for (var caller = 0; caller < 40; caller++)
        {
            var answer = await AskAsync("e", $"caller-{caller}");
            for (var again = 0; again < 3; again++)
                Assert.Equal(answer, await AskAsync("e", $"caller-{caller}"));
            answers.Add(answer);
        }

        Assert.Contains(1, answers);
        Assert.Contains(2, answers);
    }

    [Fact]
    public async Task Drain_OfAModelThatAnswers_LeavesIt()
    {
        var model = await AdderAsync(1);
        await WriteRecordAsync("e", [new EndpointTraffic(model.Name, model.Version, 100)]);
        await Host.RouteAsync("e", Cancel);
        Assert.Equal(1, await AskAsync("e"));
        await Host.DrainAsync(model, Cancel);
        Assert.Equal(1, await Host.SessionsAsync("e", Cancel));
        Assert.Equal(1, await AskAsync("e"));
    }

    [Fact]
    public async Task Drain_OfAModelThatNobodyRoutesTo_UnloadsIt()
    {
        var (first, second) = (await AdderAsync(1), await AdderAsync(2));
        await WriteRecordAsync("e", [new EndpointTraffic(first.Name, first.Version, 100)]);
        Assert.Equal(1, await AskAsync("e"));
        await WriteRecordAsync("e", [new EndpointTraffic(second.Name, second.Version, 100)]);
        await Host.RouteAsync("e", Cancel);
        await Host.DrainAsync(first, Cancel);
        await Host.DrainAsync(first, Cancel);
        Assert.Equal(0, await Host.SessionsAsync("e", Cancel));
        Assert.Equal(2, await AskAsync("e"));
    }

    [Fact]
    public async Task Route_RollBackUnderLoad_FailsNoRequest()
    {
        var (first, second) = (await AdderAsync(1), await AdderAsync(2));
        await WriteRecordAsync("e", [new EndpointTraffic(first.Name, first.Version, 100)]);
        Assert.Equal(1, await AskAsync("e"));
        using var done = new CancellationTokenSource();
        var answers = new ConcurrentQueue<float?>();
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => CallAsync(answers, done.Token), Cancel)).ToList();
        for (var turn = 0; turn < 10; turn++)
        {
            var before = answers.Count;
            await Eventually.TrueAsync("requests under way", () => answers.Count > before, cancel: Cancel);
            var (next, last) = turn % 2 == 0 ? (second, first) : (first, second);
            await WriteRecordAsync("e", [new EndpointTraffic(next.Name, next.Version, 100)]);
            await Host.RouteAsync("e", Cancel);
            await Host.DrainAsync(last, Cancel);
            Assert.Equal(next.Version, await AskAsync("e"));
        }

        await done.CancelAsync();
        await Task.WhenAll(callers);
        Assert.All(answers, answer => Assert.True(answer is 1 or 2, $"A request was answered {answer?.ToString() ?? "with an error"}."));
    }

    private async Task CallAsync(ConcurrentQueue<float?> answers, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            answers.Enqueue(await AskAsync("e"));
            await Task.Yield(); // a host in memory answers without ever giving up the thread
        }
    }
}
