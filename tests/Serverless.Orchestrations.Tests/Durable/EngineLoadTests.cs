using Serverless.Conformance.Workflows;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Workflows;
using Serverless.Durable.Options;
using Serverless.Durable.Storage.Sqlite;
using Serverless.TestKit;

namespace Serverless.Orchestrations.Tests.Durable;

/// <summary>Large numbers and bounds.</summary>
public sealed class EngineLoadTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Script script = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => folder["workflows.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task FanOut_TenThousandActivities_AllResultsCome()
    {
        const int n = 10_000;
        var square = script.Activity<int, long>("square", x => (long)x * x);
        var workflow = script.Workflow<int, long>("fan", async (context, count) =>
            (await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallAsync(square, i)))).Sum());
        await using var engine = await DurableEngine.StartAsync(script.Catalog, Store);
        await engine.Client.StartAsync(workflow, "one", n, Cancel);
        Assert.Equal($"{Enumerable.Range(0, n).Sum(i => (long)i * i)}", (await EndAsync(engine)).Output);
    }

    [Fact]
    public async Task History_OfAHundredThousandEvents_GoesOnAfterARestart()
    {
        const int n = 15_000; // two events each
        const int pasts = 70_000; // one event each
        var workflow = script.Workflow<int, long>("long", async (context, count) =>
        {
            var sum = 0L;
            for (var i = 0; i < pasts; i++)
                await context.TimerAsync(context.UtcNow);
            for (var i = 0; i < count; i++)
            {
                if (i == count - 1)
                    context.SetStatus("last");
                sum += await context.WaitForEventAsync<int>("n");
            }

            return sum;
        });
        var options = new DurableOptions { Path = Store, MaxUntakenEvents = 2 * n };
        await using (var before = await DurableEngine.StartAsync(script.Catalog, options))
        {
            await before.Client.StartAsync(workflow, "one", n, Cancel);
            await Parallel.ForAsync(1, n, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Cancel },
                async (i, cancel) => await before.Client.RaiseAsync("one", "n", i, cancel));
            await Eventually.TrueAsync("all but one event is taken", async () => (await before.Client.FindAsync("one", Cancel))!.CustomStatus == "\"last\"", cancel: Cancel);
        }

        await using var after = await DurableEngine.StartAsync(script.Catalog, options);
        await after.Client.RaiseAsync("one", "n", n, Cancel);
        Assert.Equal($"{(long)n * (n + 1) / 2}", (await EndAsync(after)).Output);
        using var session = SqliteFile.Open(Store);
        Assert.Equal((2 * n) + pasts + 2, session.Scalar<long>("SELECT length FROM instances"));
    }

    [Fact]
    public async Task Activities_ManyAtOnce_NoMoreThanTheBound()
    {
        var (now, most) = (0, 0);
        var busy = script.Activity<int, int>("busy", async (_, x, _) =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return x;
        });
        var workflow = script.Workflow<int, int>("fan", async (context, count) => (await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallAsync(busy, i)))).Length);
        await using var engine = await DurableEngine.StartAsync(script.Catalog, new DurableOptions { Path = Store, MaxActivities = 3 });
        await engine.Client.StartAsync(workflow, "one", 200, Cancel);
        Assert.Equal("200", (await EndAsync(engine)).Output);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Workflows_MoreThanFitInMemory_AllGoOn()
    {
        var workflow = script.Workflow<int, int>("waits", async (context, x) => x + await context.WaitForEventAsync<int>("a") + await context.WaitForEventAsync<int>("b"));
        await using var engine = await DurableEngine.StartAsync(script.Catalog, new DurableOptions { Path = Store, MaxCached = 5 });
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => engine.Client.StartAsync(workflow, $"w{i}", i, Cancel)));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => engine.Client.RaiseAsync($"w{i}", "a", 100, Cancel)));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => engine.Client.RaiseAsync($"w{i}", "b", 1_000, Cancel)));
        for (var i = 0; i < 50; i++)
            Assert.Equal($"{1_100 + i}", (await EndAsync(engine, $"w{i}")).Output);
    }

    [Fact]
    public async Task Events_NobodyTakesThem_SenderIsToldToComeAgain()
    {
        var workflow = script.Workflow<int, int>("waits", (context, _) => context.WaitForEventAsync<int>("other"));
        await using var engine = await DurableEngine.StartAsync(script.Catalog, new DurableOptions { Path = Store, MaxUntakenEvents = 20 });
        await engine.Client.StartAsync(workflow, "one", 0, Cancel);
        for (var i = 0; i < 20; i++)
            await engine.Client.RaiseAsync("one", "n", i, Cancel);
        var refused = await Assert.ThrowsAsync<ServerlessException>(() => engine.Client.RaiseAsync("one", "n", 20, Cancel));
        Assert.Equal((ProblemCodes.Busy, true), (refused.Code, refused.Retryable));
        Assert.Contains("limit is 20", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_BadInput_IsRefusedWithTheCure()
    {
        var workflow = script.Workflow<string, int>("takes", (_, text) => Task.FromResult(text.Length));
        await using var engine = await DurableEngine.StartAsync(script.Catalog, Store);
        await RefusedAsync("262,144", () => engine.Client.StartAsync(workflow, "one", new string('x', 262_143), Cancel));
        await RefusedAsync("262,144", () => engine.Client.RaiseAsync("one", "n", new string('é', 131_072), Cancel));
        await RefusedAsync("instance id", () => engine.Client.StartAsync(workflow, "", "x", Cancel));
        await RefusedAsync("instance id", () => engine.Client.StartAsync(workflow, "a\nb", "x", Cancel));
        await RefusedAsync("instance id", () => engine.Client.RaiseAsync(new string('x', 300), "n", 1, Cancel));
        await RefusedAsync("event's name", () => engine.Client.RaiseAsync("one", " ", 1, Cancel));
        await RefusedAsync("1 to 1,000", () => engine.Client.ListAsync(null, 0, Cancel));
        await RefusedAsync("no workflow 'gone'", () => engine.Client.StartAsync(new WorkflowName<int, int>("gone"), "one", 1, Cancel));
        Assert.Empty(await engine.Client.ListAsync(null, 10, Cancel));
    }

    [Fact]
    public void Options_OutOfBounds_AllErrorsAtOnce()
    {
        var refused = Assert.Throws<ServerlessException>(() => new DurableOptions { Path = " ", MaxTurns = 0, MaxActivities = 5_000, MaxFileBytes = 1, Sweep = TimeSpan.Zero }.Validate());
        Assert.Equal(["path", "maxTurns", "maxActivities", "maxFileBytes", "sweep"], refused.Errors.Select(error => error.Path));
    }

    private static async Task RefusedAsync(string words, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<ServerlessException>(call);
        Assert.Contains(words, $"{refused.Message} {refused.Cure}", StringComparison.Ordinal);
        Assert.NotNull(refused.Cure);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }

    private static async Task<WorkflowState> EndAsync(DurableEngine engine, string id = "one") =>
        await engine.Client.WaitAsync(id, Eventually.Patience, Cancel) ?? throw new TimeoutException($"The instance '{id}' did not end.");
}
