using System.Diagnostics;

namespace Serverless.Core.Telemetry;

/// <summary>
/// Carries a trace across what is asynchronous: documents and tickets hold the W3C <c>traceparent</c> (<see href="https://www.w3.org/TR/trace-context/"/>) of what made them, and whoever goes on
/// later begins its span below it. Costs nothing while nobody listens.
/// </summary>
public static class TraceContext
{
    /// <summary>Length of a <c>traceparent</c> of version 00.</summary>
    private const int Length = 55;

    /// <summary>The <c>traceparent</c> of what goes on now, to be written down; null when it is not being recorded.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } activity ? activity.Id : null;

    /// <summary>Reads what was written down; the default, which is no context, when there is none or it is not well written.</summary>
    public static ActivityContext Parse(string? traceParent) =>
        traceParent is { Length: Length } && ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : default;

    /// <summary>Begins a span below what was written down; null when nobody listens, or nothing was written down: there is then no trace to belong to.</summary>
    /// <param name="source">Whose span.</param>
    /// <param name="name">Its name, one of a few.</param>
    /// <param name="traceParent">What was written down.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="began">When it began, for a span of what is over already.</param>
    /// <param name="link">Another trace that it has to do with.</param>
    public static Activity? Start(ActivitySource source, string name, string? traceParent, ActivityKind kind = ActivityKind.Internal, DateTimeOffset began = default, ActivityContext link = default)
    {
        if (traceParent is null || !source.HasListeners())
            return null;
        var parent = Parse(traceParent);
        return parent == default ? null : source.StartActivity(name, kind, parent, links: link == default ? null : [new ActivityLink(link)], startTime: began);
    }

    /// <summary>Writes a span of what is over: begun and ended at times of the past.</summary>
    /// <param name="source">Whose span.</param>
    /// <param name="name">Its name, one of a few.</param>
    /// <param name="traceParent">What was written down.</param>
    /// <param name="began">When it began.</param>
    /// <param name="ended">When it ended.</param>
    /// <param name="about">What it is about.</param>
    /// <param name="describe">Gives it its attributes; static, so that it costs nothing while nobody listens.</param>
    public static void Write<T>(ActivitySource source, string name, string? traceParent, DateTimeOffset began, DateTimeOffset ended, T about, Action<Activity, T> describe)
    {
        if (Start(source, name, traceParent, began: began) is not { } span)
            return;
        describe(span, about);
        span.SetEndTime((ended > began ? ended : began).UtcDateTime);
        span.Dispose();
    }
}
