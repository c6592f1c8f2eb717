using Serverless.Agent.Leaving;
using Serverless.Agent.Logs;
using Serverless.Agent.Metadata;
using Serverless.TestKit;

namespace Serverless.TrainingContainer.Tests.Agent.Metadata;

/// <summary>The watch's pace, on a clock that the test moves.</summary>
public sealed class EvictionWatchTests
{
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
        clock.Advance(TimeSpan.FromSeconds(1));
        await LooksAsync(metadata, 2);
        Assert.False(order.Token.IsCancellationRequested);

        metadata.Events = FakeMetadata.Document("Preempt", notBefore: "Thu, 01 Jan 2026 00:00:31 GMT");
        clock.Advance(TimeSpan.FromSeconds(1));
        await watching.WaitAsync(Eventually.Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.True(order.Token.IsCancellationRequested);
        Assert.Equal(TimeSpan.FromSeconds(14.5), order.Grace(TimeSpan.FromMinutes(1), clock.GetUtcNow()));
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
        await Eventually.TrueAsync("the word about it", () => lines.ToString().Contains("did not answer within 150 s", StringComparison.Ordinal), cancel: TestContext.Current.CancellationToken);
        await Eventually.TrueAsync("another look", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return Looks(metadata) >= 2;
        }, cancel: TestContext.Current.CancellationToken);

        Assert.False(order.Token.IsCancellationRequested);
        await over.CancelAsync();
        await watching.WaitAsync(Eventually.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Single(lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Task LooksAsync(FakeMetadata metadata, int count) =>
        Eventually.TrueAsync($"{count} looks", () => Looks(metadata) >= count, cancel: TestContext.Current.CancellationToken);

    private static int Looks(FakeMetadata metadata) => metadata.Requests.Count(each => each.StartsWith("GET /metadata/scheduledevents", StringComparison.Ordinal));
}
