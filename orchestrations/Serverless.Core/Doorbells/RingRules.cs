using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Core.Doorbells;

/// <summary>The bounds that every doorbell keeps.</summary>
public static class RingRules
{
    /// <summary>Most characters of what a ring is about.</summary>
    public const int MaxIdLength = 1_024;

    /// <summary>Most characters of a queue's name or an order key.</summary>
    public const int MaxQueueLength = 256;

    /// <summary>Most characters of a reason that are kept.</summary>
    public const int MaxReasonLength = 2_000;

    /// <summary>Most rings that are kept aside in one queue; the oldest go first.</summary>
    public const int MaxDead = 1_000;

    /// <summary>Checks a ring.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public static void Check(string queue, string id, RingOptions options)
    {
        CheckText(queue, "queue", MaxQueueLength);
        CheckText(id, "id", MaxIdLength);
        if (options.OrderKey is { } key)
            CheckText(key, "orderKey", MaxQueueLength);
        CheckTime(options.Delay, "delay");
    }

    /// <summary>Checks a time that is given with a ring: from zero to 7 days.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public static void CheckTime(TimeSpan time, string where)
    {
        if (time < TimeSpan.Zero || time > TimeSpan.FromDays(7))
            throw Fail.Invalid(where, $"The time '{time}' is not between zero and 7 days.", "Give a shorter one.");
    }

    /// <summary>A reason, cut to what is kept.</summary>
    public static string Cut(string reason) => reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength];

    /// <summary>Why a ring is put aside that nobody settled.</summary>
    public static string NeverSettled => $"It was delivered {RingOptions.MaxDeliveries} times and never settled.";

    private static void CheckText(string text, string where, int limit)
    {
        if (string.IsNullOrEmpty(text) || text.Length > limit)
            throw Fail.Invalid(where, $"{Shown.Quote(text ?? "")} is empty or longer than {limit} characters.", "Shorten it.");
    }
}
