using Serverless.Core.Documents.Rows;

namespace Serverless.Core.Doorbells.Brokers;

/// <summary>A ring as a broker carries it. It is small: an id and an order key of at most a few thousand characters, far below the 256 KB that any broker takes.</summary>
/// <param name="MessageId">Names the ring, so that one that is sent again because its answer was lost is dropped.</param>
/// <param name="Id">What it is about.</param>
/// <param name="Session">What its order hangs on; in a queue that keeps order every message has one, in others none.</param>
/// <param name="DueAt">Not to be delivered before; null: at once.</param>
public sealed record RingMessage(string MessageId, string Id, string? Session, DateTimeOffset? DueAt)
{
    /// <summary>Most characters of a session.</summary>
    public const int MaxSessionLength = 128;

    /// <summary>The message of a ring.</summary>
    /// <param name="messageId">A new id.</param>
    /// <param name="id">What it is about.</param>
    /// <param name="options">Its order and delay.</param>
    /// <param name="keepsOrder">Whether the queue keeps order.</param>
    /// <param name="now">The time.</param>
    public static RingMessage Of(string messageId, string id, RingOptions options, bool keepsOrder, DateTimeOffset now) => new(
        messageId, id, keepsOrder ? SessionOf(options.OrderKey, messageId) : null, options.Delay > TimeSpan.Zero ? now + options.Delay : null);

    /// <summary>The session of an order key: the key itself, or its hash when it is long; a ring without one has a session of its own.</summary>
    private static string SessionOf(string? orderKey, string messageId) => orderKey switch
    {
        null => $"~{messageId}",
        ['~', ..] or { Length: > MaxSessionLength } => $"~{RowRules.Hash(orderKey)}",
        _ => orderKey,
    };
}
