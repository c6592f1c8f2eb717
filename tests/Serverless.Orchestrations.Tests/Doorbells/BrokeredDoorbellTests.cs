using Serverless.Conformance.Doorbells;
using Serverless.Contracts.Problems;
using Serverless.Core.Doorbells;
using Serverless.Core.Doorbells.Brokers;
using Serverless.Core.Failures;
using Serverless.Core.Ids;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Doorbells;

public sealed class BrokeredDoorbellInOrderTests : BrokeredDoorbellTests
{
    public BrokeredDoorbellInOrderTests()
        : base(keepsOrder: true)
    {
    }
}

public sealed class BrokeredDoorbellPlainTests : BrokeredDoorbellTests
{
    public BrokeredDoorbellPlainTests()
        : base(keepsOrder: false)
    {
    }
}

public abstract class BrokeredDoorbellTests : DoorbellConformance
{
    private readonly ManualTime clock = new();
    private readonly MemoryBroker broker;
    private readonly BrokeredDoorbell bell;

    protected BrokeredDoorbellTests(bool keepsOrder)
    {
        KeepsOrder = keepsOrder;
        broker = new MemoryBroker(clock, _ => keepsOrder);
        bell = new BrokeredDoorbell(broker, new TimeOrderedIds(TimeProvider.System), clock);
    }

    protected override IDoorbell Bell => bell;

    protected override bool KeepsOrder { get; }

    [Fact]
    public async Task Take_HiddenLongerThanALoan_IsRenewedUntilThen()
    {
        await RingAsync("1");
        var ring = (await Bell.TakeAsync("q", TimeSpan.FromSeconds(60), TimeSpan.Zero, Cancel))!;
        for (var i = 0; i < 11; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Null(await LookAsync());
        }

        Assert.Equal(11, broker.Renewals);
        Assert.True(await Bell.CompleteAsync(ring, Cancel));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(11, broker.Renewals);
        Assert.Null(await LookAsync());
    }

    [Fact]
    public async Task Take_RenewalFailsOnce_IsKept()
    {
        await RingAsync("1");
        var ring = (await LookAsync())!;
        FailNext("renew");
        clock.Advance(TimeSpan.FromSeconds(5));
        broker.Loan = TimeSpan.FromSeconds(20);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.True(await Bell.CompleteAsync(ring, Cancel));
    }

    [Fact]
    public async Task Take_LoanTakenBack_SettlesNothing()
    {
        await RingAsync("1");
        var ring = (await LookAsync())!;
        broker.Before = _ => throw new ServerlessException(ProblemCodes.Unavailable, "The broker is gone.", retryable: true);
        clock.Advance(TimeSpan.FromSeconds(11));
        broker.Before = null;
        var again = (await LookAsync())!;
        Assert.Equal(2, again.Deliveries);
        Assert.False(await Bell.CompleteAsync(ring, Cancel));
        Assert.True(await Bell.CompleteAsync(again, Cancel));
    }

    [Fact]
    public async Task Complete_BrokerDoesNotAnswer_CanBeTriedAgain()
    {
        await RingAsync("1");
        var ring = (await LookAsync())!;
        FailNext("complete");
        await Assert.ThrowsAsync<ServerlessException>(() => Bell.CompleteAsync(ring, Cancel));
        Assert.True(await Bell.CompleteAsync(ring, Cancel));
        Assert.Equal(0, broker.Count);
    }

    [Fact]
    public async Task Ring_SentTwiceByTheBrokersClient_IsThereOnce()
    {
        var message = RingMessage.Of("ring-1", "x", RingOptions.Plain, KeepsOrder, clock.GetUtcNow());
        await broker.SendAsync("q", message, Cancel);
        await broker.SendAsync("q", message, Cancel);
        Assert.Equal(1, broker.Count);
    }

    [Fact]
    public async Task Return_WithDelay_KeepsCountAndPlaceWhileItRests()
    {
        await RingAsync("1");
        await Bell.ReturnAsync((await LookAsync())!, TimeSpan.FromSeconds(35), "later", Cancel);
        for (var i = 0; i < 6; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Null(await LookAsync());
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, (await LookAsync())!.Deliveries);
    }

    [Fact]
    public async Task Dispose_WhatIsTaken_IsFreeAtOnceAndNotCounted()
    {
        await RingAsync("1");
        await LookAsync();
        await bell.DisposeAsync();
        await using var next = new BrokeredDoorbell(broker, new TimeOrderedIds(TimeProvider.System), clock);
        Assert.Equal(1, (await next.TakeAsync("q", Hidden, TimeSpan.Zero, Cancel))!.Deliveries);
    }

    protected override Task PassAsync(TimeSpan time)
    {
        clock.Advance(time);
        return Task.CompletedTask;
    }

    private void FailNext(string call) => broker.Before = name =>
    {
        if (name != call)
            return;
        broker.Before = null;
        throw new ServerlessException(ProblemCodes.Unavailable, "The broker does not answer.", retryable: true);
    };
}
