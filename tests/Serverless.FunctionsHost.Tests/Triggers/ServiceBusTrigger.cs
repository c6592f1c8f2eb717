using System.Text;
using Google.Protobuf;
using Serverless.FunctionsHost.Tests.Protocol;

namespace Serverless.FunctionsHost.Tests.Triggers;

/// <summary>What the Service Bus extension says when a message has come.</summary>
internal static class ServiceBusTrigger
{
    private static readonly DateTimeOffset Enqueued = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A message for a parameter that takes its body only: text.</summary>
    public static TypedData Body(string body) => new() { String = body };

    /// <summary>A message for a parameter that takes the whole of it: the token of its lock, then the message in AMQP.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="messageId">Its id.</param>
    /// <param name="sessionId">Its session; null: none.</param>
    /// <param name="deliveries">How often it was delivered before.</param>
    public static TypedData Message(string body, string messageId, string? sessionId = null, uint deliveries = 0)
    {
        var message = new AmqpBytes()
            .Header(deliveries)
            .Annotations(sequenceNumber: 1, Enqueued, Enqueued.AddMinutes(1))
            .Properties(messageId, sessionId)
            .Data(Encoding.UTF8.GetBytes(body));
        return new TypedData
        {
            ModelBindingData = new()
            {
                Version = "1.0",
                Source = "AzureServiceBusReceivedMessage",
                ContentType = "application/octet-stream",
                Content = ByteString.CopyFrom([.. Guid.NewGuid().ToByteArray(), .. message.ToArray()]),
            },
        };
    }

    /// <summary>What comes beside it.</summary>
    public static IReadOnlyDictionary<string, TypedData> Metadata(string messageId, string? sessionId = null, uint deliveries = 1)
    {
        var said = new Dictionary<string, TypedData>
        {
            ["MessageId"] = new() { String = messageId },
            ["DeliveryCount"] = new() { Json = $"{deliveries}" },
            ["SequenceNumber"] = new() { Json = "1" },
            ["EnqueuedTimeUtc"] = new() { Json = "\"2026-07-01T00:00:00Z\"" },
        };
        if (sessionId is not null)
            said["SessionId"] = new() { String = sessionId };
        return said;
    }
}
