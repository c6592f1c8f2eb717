namespace Serverless.Benchmarks.Scale.Simulating;

/// <summary>What a simulated day came to.</summary>
internal sealed record DayResult
{
    /// <summary>What was simulated.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Most machines at once, in all pools.</summary>
    public required int PeakMachines { get; init; }

    /// <summary>Most programs at once.</summary>
    public required double PeakRunning { get; init; }

    /// <summary>How long jobs waited for a machine, in seconds: the middle, and what 99 of 100 kept under.</summary>
    public required (double Median, double P99) Wait { get; init; }

    /// <summary>The share of looks at scale sets that Compute refuses.</summary>
    public required double RefusedShare { get; init; }

    /// <summary>How long the machine lingered that was ended latest, in seconds.</summary>
    public required double LongestLinger { get; init; }

    /// <summary>Paid machine time over time in which a program ran.</summary>
    public required double PaidOverUsed { get; init; }

    /// <summary>Machine hours paid.</summary>
    public required double PaidHours { get; init; }

    /// <summary>Most calls a second in any ten seconds, by what is called.</summary>
    public required IReadOnlyDictionary<string, double> Peaks { get; init; }
}
