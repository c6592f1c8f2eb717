using System.Globalization;
using System.Text;
using Azure.Messaging.ServiceBus;
using Serverless.Core.Doorbells.Brokers;

namespace Serverless.Infra.Azure.Doorbells;

/// <summary>Rings as messages: the body is the id, in UTF-8.</summary>
internal static class ServiceBusMessages
{
    private const string DueKey = "serverless-due";
    private const string AsideKey = "serverless-aside";
    private const string ContentType = "text/plain; charset=utf-8";

    /// <summary>The message of a ring. Without a session the service holds it back itself; with one it has its place in line at once, and whoever takes it looks when it is due.</summary>
    public static ServiceBusMessage Write(RingMessage ring)
    {
        var message = new ServiceBusMessage(Encoding.UTF8.GetBytes(ring.Id)) { MessageId = ring.MessageId, ContentType = ContentType };
        if (ring.Session is not null)
            message.SessionId = ring.Session;
        if (ring.DueAt is { } due && ring.Session is null)
            message.ScheduledEnqueueTime = due;
        else if (ring.DueAt is { } held)
            message.ApplicationProperties[DueKey] = held.ToUnixTimeMilliseconds();
        return message;
    }

    public static RingMessage Read(ServiceBusReceivedMessage message) => new(
        message.MessageId ?? "", message.Body.ToString(), message.SessionId,
        message.ApplicationProperties.TryGetValue(DueKey, out var due) ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(due, CultureInfo.InvariantCulture)) : null);

    /// <summary>What is written on a message that is put aside.</summary>
    public static Dictionary<string, object> Aside(DateTimeOffset at) => new() { [AsideKey] = at.ToUnixTimeMilliseconds() };

    public static DeadMessage ReadDead(ServiceBusReceivedMessage message) => new(
        message.Body.ToString(),
        message.ApplicationProperties.ContainsKey(AsideKey) ? message.DeadLetterReason : null,
        message.ApplicationProperties.TryGetValue(AsideKey, out var at) ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(at, CultureInfo.InvariantCulture)) : message.EnqueuedTime,
        message.SequenceNumber);
}
