using System.Text.Json;
using Serverless.FunctionsHost.Tests.Protocol;

namespace Serverless.FunctionsHost.Tests.Triggers;

/// <summary>What the timer extension says when a schedule is due.</summary>
internal static class TimerTrigger
{
    /// <summary>The binding's data.</summary>
    /// <param name="isPastDue">Whether the app slept over the time.</param>
    public static TypedData Due(bool isPastDue = false) => new()
    {
        Json = JsonSerializer.Serialize(new
        {
            Schedule = new { AdjustForDST = true },
            ScheduleStatus = new { Last = "2026-07-01T00:00:00Z", Next = "2026-07-01T00:05:00Z", LastUpdated = "2026-07-01T00:00:00Z" },
            IsPastDue = isPastDue,
        }),
    };
}
