using Serverless.Contracts.Problems;
using Serverless.Core.Doorbells;
using Serverless.Core.Doorbells.Brokers;
using Serverless.Core.Failures;
using Serverless.Infra.Azure.Doorbells;
using Serverless.Infra.Azure.Tests.Services;
using Serverless.TestKit;

namespace Serverless.Infra.Azure.Tests.Doorbells;

/// <summary>Messages doubled, delayed, lost and poisonous; hosts and connections that go.</summary>
public sealed class ServiceBusFaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Hidden = TimeSpan.FromHours(1);
    private static readonly TimeSpan Loan = TimeSpan.FromMinutes(1);
    private static readonly ServiceBusDoorbellOptions Options = ServiceBusPeer.Options("ordered");
    private ServiceBusPeer? peer;
    private BrokeredDoorbell? bell;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        peer = await ServiceBusPeer.StartAsync(["ordered"], ["plain"], Loan);
        bell = peer.Bell(Options);
    }

    public ValueTask DisposeAsync() => peer!.DisposeAsync();

    [Theory]
    [InlineData("plain")]
    [InlineData("ordered")]
    public async Task Ring_SameMessageTwice_IsDeliveredOnce(string queue)
    {
        var broker = peer!.Broker(Options);
        var message = RingMessage.Of("ring-1", "job-1", RingOptions.Plain, broker.KeepsOrder(queue), TimeProvider.System.GetUtcNow());
        await broker.SendAsync(queue, message, Cancel);
        await broker.SendAsync(queue, message, Cancel);
        Assert.True(await bell!.CompleteAsync((await LookAsync(queue))!, Cancel));
        Assert.Null(await LookAsync(queue));
    }

    [Fact]
    public async Task Ring_AnswerLost_FailsAndMayComeTwice()
    {
        await bell!.RingAsync("plain", "first", RingOptions.Plain, Cancel);
        await peer!.FaultAsync(new { loseSends = 1 });
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => bell.RingAsync("plain", "second", RingOptions.Plain, Cancel));
        Assert.Equal((ProblemCodes.Unavailable, true), (failure.Code, failure.Retryable));
        await bell.RingAsync("plain", "second", RingOptions.Plain, Cancel);
        Assert.Equal(["first", "second", "second"], [(await LookAsync("plain"))!.Id, (await LookAsync("plain"))!.Id, (await LookAsync("plain"))!.Id]);
        Assert.Null(await LookAsync("plain"));
    }

    [Fact]
    public async Task Ring_BrokerBusy_IsUnavailableAndWorthARetry()
    {
        await peer!.FaultAsync(new { busy = 20 });
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => bell!.RingAsync("plain", "1", RingOptions.Plain, Cancel));
        Assert.Equal((ProblemCodes.Unavailable, true), (failure.Code, failure.Retryable));
    }

    [Fact]
    public async Task AnyCall_NoSuchQueue_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<ServerlessException>(() => bell!.RingAsync("none", "1", RingOptions.Plain, Cancel));
        Assert.Equal((ProblemCodes.Unavailable, false), (failure.Code, failure.Retryable));
        Assert.Contains("infrastructure", failure.Cure, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ServerlessException>(() => LookAsync("none"));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("ordered")]
    public async Task Take_HiddenLongerThanALock_IsRenewed(string queue)
    {
        await bell!.RingAsync(queue, "1", RingOptions.Plain, Cancel);
        var ring = (await LookAsync(queue))!;
        for (var i = 0; i < 4; i++)
        {
            await peer!.PassUntilRenewedAsync();
            await peer.PassAtBrokerAsync(Loan * 0.75);
        }

        Assert.Null(await LookAsync(queue));
        Assert.True(await bell.CompleteAsync(ring, Cancel));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("ordered")]
    public async Task Take_ConnectionsCut_ComesAgainAndTheOldReceiptIsWorthless(string queue)
    {
        await bell!.RingAsync(queue, "1", RingOptions.Plain, Cancel);
        var lost = (await LookAsync(queue))!;
        await peer!.DropAsync();
        await peer.PassAtBrokerAsync(Loan);
        await using var other = peer.Bell(Options);
        var again = await Eventually.SomeAsync("the ring to come again", () => other.TakeAsync(queue, Hidden, TimeSpan.Zero, Cancel), cancel: Cancel);
        Assert.Equal(("1", 2), (again.Id, again.Deliveries));
        Assert.False(await SettledAsync(lost));
        Assert.True(await other.CompleteAsync(again, Cancel));
    }

    [Fact]
    public async Task Take_TwoHosts_KeepTheOrderOfAKey()
    {
        var keyed = new RingOptions { OrderKey = new string('k', 200) };
        await bell!.RingAsync("ordered", "1", keyed, Cancel);
        await bell.RingAsync("ordered", "2", keyed, Cancel);
        await using var other = peer!.Bell(Options);
        var first = (await LookAsync("ordered"))!;
        Assert.Null(await other.TakeAsync("ordered", Hidden, TimeSpan.Zero, Cancel));
        await bell.CompleteAsync(first, Cancel);
        Assert.Equal("2", (await Eventually.SomeAsync("the second ring", () => other.TakeAsync("ordered", Hidden, TimeSpan.Zero, Cancel), cancel: Cancel)).Id);
    }

    [Fact]
    public async Task Dead_PutAsideByTheBroker_SaysThatNobodySettledIt()
    {
        await bell!.RingAsync("plain", "poison", RingOptions.Plain, Cancel);
        var broker = peer!.Broker(Options);
        for (var i = 0; i < RingOptions.MaxDeliveries; i++)
            Assert.True(await (await broker.ReceiveAsync("plain", TimeSpan.FromSeconds(5), Cancel))!.AbandonAsync(Cancel));
        Assert.Null(await LookAsync("plain"));
        Assert.Equal(("poison", RingRules.NeverSettled), Assert.Single(await bell.DeadAsync("plain", Cancel)) is var dead ? (dead.Id, dead.Reason) : default);
    }

    private Task<Ring?> LookAsync(string queue) => bell!.TakeAsync(queue, Hidden, TimeSpan.Zero, Cancel);

    /// <summary>A receipt that is worth nothing is refused, or the broker cannot be asked any more: never "done".</summary>
    private async Task<bool> SettledAsync(Ring ring)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            return await bell!.CompleteAsync(ring, patience.Token);
        }
        catch (Exception failed) when (failed is ServerlessException or OperationCanceledException)
        {
            return false;
        }
    }
}
