using System.Text;
using Serverless.Core.Doorbells;
using Serverless.Core.Doorbells.Brokers;

namespace Serverless.Orchestrations.Tests.Doorbells;

public sealed class RingMessageTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("job-1", "job-1")]
    [InlineData(null, "~ring-1")]
    public void Of_OrderKey_IsTheSession(string? key, string session) =>
        Assert.Equal(session, RingMessage.Of("ring-1", "x", new RingOptions { OrderKey = key }, keepsOrder: true, Now).Session);

    [Fact]
    public void Of_LongOrOddKeys_AreSessionsThatFitAndDiffer()
    {
        var sessions = new[] { new string('k', 128), new string('k', 129), new string('k', 256), "~ring-1", "~" }
            .Select(key => RingMessage.Of("ring-1", "x", new RingOptions { OrderKey = key }, keepsOrder: true, Now).Session!)
            .Append(RingMessage.Of("ring-1", "x", RingOptions.Plain, keepsOrder: true, Now).Session!)
            .ToList();
        Assert.All(sessions, session => Assert.InRange(session.Length, 1, RingMessage.MaxSessionLength));
        Assert.Equal(sessions.Count, sessions.Distinct().Count());
    }

    [Fact]
    public void Of_QueueWithoutOrder_HasNoSession() => Assert.Null(RingMessage.Of("ring-1", "x", RingOptions.Plain, keepsOrder: false, Now).Session);

    [Fact]
    public void Of_Delay_IsDueThen()
    {
        Assert.Equal(Now.AddSeconds(3), RingMessage.Of("ring-1", "x", new RingOptions { Delay = TimeSpan.FromSeconds(3) }, true, Now).DueAt);
        Assert.Null(RingMessage.Of("ring-1", "x", RingOptions.Plain, true, Now).DueAt);
    }

    [Fact]
    public void Of_LargestRing_IsFarBelowWhatABrokerTakes()
    {
        var message = RingMessage.Of("ring-1", new string('\u4e00', RingRules.MaxIdLength), new RingOptions { OrderKey = new string('\u4e00', RingRules.MaxQueueLength) }, true, Now);
        Assert.InRange(Encoding.UTF8.GetByteCount(message.Id + message.Session + message.MessageId), 1, 16 * 1024);
    }
}
