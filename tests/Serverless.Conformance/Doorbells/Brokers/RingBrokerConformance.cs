using Serverless.Core.Doorbells;
using Serverless.Core.Doorbells.Brokers;

namespace Serverless.Conformance.Doorbells.Brokers;

/// <summary>What every <see cref="IRingBroker"/> does. A subclass brings a broker with the queues <c>plain</c> and <c>ordered</c>, and lets loans end.</summary>
public abstract class RingBrokerConformance
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private int sent;

    /// <summary>The queues, for tests of both.</summary>
    public static TheoryData<string> Queues { get; } = ["plain", "ordered"];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The broker, without messages when a test begins.</summary>
    protected abstract IRingBroker Broker { get; }

    /// <summary>Lets a time pass that is longer than a loan.</summary>
    protected abstract Task PassLoanAsync();

    [Fact]
    public void KeepsOrder_Queues_AreWhatTheyAre()
    {
        Assert.True(Broker.KeepsOrder("ordered"));
        Assert.False(Broker.KeepsOrder("plain"));
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Receive_Message_IsWhatWasSent(string queue)
    {
        var message = await SendAsync(queue, "Grüße 🌍 'x'");
        var lent = await TakeAsync(queue);
        Assert.Equal(message, lent.Message with { DueAt = null });
        Assert.Equal(1, lent.Deliveries);
        Assert.True(lent.Loan > TimeSpan.Zero);
        Assert.Null(await Broker.ReceiveAsync(queue, TimeSpan.Zero, Cancel));
        Assert.True(await lent.CompleteAsync(Cancel));
        Assert.False(await lent.CompleteAsync(Cancel));
        await PassLoanAsync();
        Assert.Null(await Broker.ReceiveAsync(queue, TimeSpan.Zero, Cancel));
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Send_SameIdTwice_IsThereOnce(string queue)
    {
        var message = await SendAsync(queue, "1");
        await Broker.SendAsync(queue, message, Cancel);
        Assert.True(await (await TakeAsync(queue)).CompleteAsync(Cancel));
        Assert.Null(await Broker.ReceiveAsync(queue, TimeSpan.Zero, Cancel));
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Abandon_Message_ComesAgainAndCounts(string queue)
    {
        await SendAsync(queue, "1");
        var first = await TakeAsync(queue);
        Assert.True(await first.AbandonAsync(Cancel));
        Assert.False(await first.AbandonAsync(Cancel));
        Assert.Equal(2, (await TakeAsync(queue)).Deliveries);
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Loan_NotRenewed_Ends(string queue)
    {
        await SendAsync(queue, "1");
        var lost = await TakeAsync(queue);
        await PassLoanAsync();
        Assert.False(await lost.RenewAsync(Cancel));
        Assert.False(await lost.CompleteAsync(Cancel));
        Assert.Equal(("1", 2), await TakeAsync(queue) is var again ? (again.Message.Id, again.Deliveries) : default);
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task PutAside_Message_IsAmongTheDeadWithTheReason(string queue)
    {
        await SendAsync(queue, "1");
        Assert.True(await (await TakeAsync(queue)).PutAsideAsync("a reason", Cancel));
        Assert.Null(await Broker.ReceiveAsync(queue, TimeSpan.Zero, Cancel));
        Assert.Equal(("1", "a reason"), Assert.Single(await Broker.DeadAsync(queue, Cancel)) is var dead ? (dead.Id, dead.Reason) : default);
    }

    [Theory]
    [MemberData(nameof(Queues))]
    public async Task Abandon_TooOften_IsAmongTheDeadWithoutReason(string queue)
    {
        await SendAsync(queue, "1");
        for (var i = 1; i <= RingOptions.MaxDeliveries; i++)
            Assert.True(await (await TakeAsync(queue)).AbandonAsync(Cancel));
        Assert.Null(await Broker.ReceiveAsync(queue, TimeSpan.Zero, Cancel));
        Assert.Null(Assert.Single(await Broker.DeadAsync(queue, Cancel)).Reason);
    }

    [Fact]
    public async Task Release_InOrder_IsNotCounted()
    {
        await SendAsync("ordered", "1");
        await (await TakeAsync("ordered")).ReleaseAsync(Cancel);
        Assert.Equal(1, (await TakeAsync("ordered")).Deliveries);
    }

    [Fact]
    public async Task Receive_SessionThatIsLent_IsPassedOver()
    {
        await SendAsync("ordered", "1", "a");
        await SendAsync("ordered", "2", "a");
        await SendAsync("ordered", "3", "b");
        var first = await TakeAsync("ordered");
        Assert.Equal("1", first.Message.Id);
        Assert.Equal("3", (await TakeAsync("ordered")).Message.Id);
        Assert.Null(await Broker.ReceiveAsync("ordered", TimeSpan.Zero, Cancel));
        await first.CompleteAsync(Cancel);
        Assert.Equal("2", (await TakeAsync("ordered")).Message.Id);
    }

    private async Task<RingMessage> SendAsync(string queue, string id, string? session = null)
    {
        var message = new RingMessage($"ring-{++sent}", id, queue == "ordered" ? session ?? $"s{sent}" : null, null);
        await Broker.SendAsync(queue, message, Cancel);
        return message;
    }

    private async Task<ILentMessage> TakeAsync(string queue)
    {
        var lent = await Broker.ReceiveAsync(queue, Wait, Cancel);
        Assert.NotNull(lent);
        return lent;
    }
}
