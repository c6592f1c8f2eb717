using Serverless.Agent.Leaving;
using Serverless.Agent.Logs;
using Serverless.Agent.Metadata;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Metadata;

/// <summary>The watch's pace, on a clock that the test moves.</summary>
public sealed class EvictionWatchTests
{
    private const int LooksBetween = 20;
    private readonly ManualTime clock = new();
    private readonly StringWriter lines = new();

    [Fact]
    public async Task Watch_AsksEverySecond_AndGivesTheOrderOnce()
    {
        await using var metadata = await FakeMetadata.StartAsync();
        using var client = new InstanceMetadata(metadata.Address, clock);
        using var order = new LeaveOrder();
        var watching = new EvictionWatch(client, order, new NodeLog(lines, clock), clock).RunAsync(TestContext.Current.CancellationToken);
        await LooksAsync(metadata, 1);
        await AdvanceUntilAsync("a second look", () => Looks(metadata) >= 2);
        Assert.False(order.Token.IsCancellationRequested);

        metadata.Events = FakeMetadata.Document("Preempt", notBefore: "Thu, 01 Jan 2026 00:00:31 GMT");
        await AdvanceUntilAsync("the order to leave", () => order.Token.IsCancellationRequested);
        await watching.WaitAsync(Eventually.Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(("Preempt", new DateTimeOffset(2026, 1, 1, 0, 0, 31, TimeSpan.Zero)), (order.Notice!.Why, order.Notice.NotBefore));
    }

    [Fact]
    public async Task Watch_OfASlowService_GivesUpTheCallAndAsksMoreSeldom()
    {
        await using var metadata = await FakeMetadata.StartAsync();
        metadata.Faults = path => path.EndsWith("scheduledevents", StringComparison.Ordinal) ? -1 : 0;
        using var client = new InstanceMetadata(metadata.Address, clock);
        using var order = new LeaveOrder();
        using var over = new CancellationTokenSource();
        var watching = new EvictionWatch(client, order, new NodeLog(lines, clock), clock).RunAsync(over.Token);
        await LooksAsync(metadata, 1);

        clock.Advance(TimeSpan.FromSeconds(150));
        await AdvanceUntilAsync("the word about it", () => lines.ToString().Contains("did not answer within 150 s", StringComparison.Ordinal));
        await AdvanceUntilAsync("another look", () => Looks(metadata) >= 2);

        Assert.False(order.Token.IsCancellationRequested);
        await over.CancelAsync();
        await watching.WaitAsync(Eventually.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Single(lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>
    /// Moves the clock by a second again and again: the watch may not have begun its next wait yet when the test moves it. Not with every look, for a call that is under way has its limit by the same clock.
    /// </summary>
    private async Task AdvanceUntilAsync(string what, Func<bool> fact)
    {
        var looks = 0;
        await Eventually.TrueAsync(what, () =>
        {
            if (fact())
                return true;
            if (looks++ % LooksBetween == 0)
                clock.Advance(TimeSpan.FromSeconds(1));
            return false;
        }, cancel: TestContext.Current.CancellationToken);
    }

    private static Task LooksAsync(FakeMetadata metadata, int count) =>
        Eventually.TrueAsync($"{count} looks", () => Looks(metadata) >= count, cancel: TestContext.Current.CancellationToken);

    private static int Looks(FakeMetadata metadata) => metadata.Requests.Count(each => each.StartsWith("GET /metadata/scheduledevents", StringComparison.Ordinal));
}
