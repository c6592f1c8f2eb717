using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Benchmarks.Scale;

/// <summary>What a job costs the services, counted in a real run.</summary>
internal sealed record JobProfile
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>What it was counted on.</summary>
    public required string Machine { get; init; }

    /// <summary>Calls of the demo's job, from the upload to the node's farewell; a second of running is in it.</summary>
    public required SortedDictionary<string, double> Job { get; init; }

    /// <summary>Calls for each further second that a program runs.</summary>
    public required SortedDictionary<string, double> RunningSecond { get; init; }

    /// <summary>Calls of each second in which nothing happens.</summary>
    public required SortedDictionary<string, double> IdleSecond { get; init; }

    /// <summary>The sum of a job's calls whose name begins so.</summary>
    [JsonIgnore]
    public Func<string, double> OfJob => prefix => Sum(Job, prefix);

    /// <summary>The sum of a running second's calls whose name begins so.</summary>
    [JsonIgnore]
    public Func<string, double> OfSecond => prefix => Sum(RunningSecond, prefix);

    /// <summary>
    /// Actions as Durable Task Scheduler counts them: each message that it gives to the app. A start is one, an activity two (to run it, and to take its outcome), a timer, an event and the end of a
    /// called workflow one each. Source: its page on billing.
    /// </summary>
    [JsonIgnore]
    public double Actions => ActionsOf(Job);

    /// <summary>Actions of each further second that a program runs.</summary>
    [JsonIgnore]
    public double ActionsOfSecond => ActionsOf(RunningSecond);

    /// <summary>Reads what was committed.</summary>
    public static JobProfile Read(string path) => JsonSerializer.Deserialize<JobProfile>(File.ReadAllText(path), Json)!;

    /// <summary>Writes it.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    private static double ActionsOf(SortedDictionary<string, double> counts) =>
        counts.GetValueOrDefault("history.started") + 2 * (counts.GetValueOrDefault("history.activity-completed") + counts.GetValueOrDefault("history.activity-failed"))
        + counts.GetValueOrDefault("history.timer-fired") + counts.GetValueOrDefault("history.event-came") + counts.GetValueOrDefault("history.workflow-completed");

    private static double Sum(SortedDictionary<string, double> counts, string prefix) => counts.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(pair => pair.Value);
}
