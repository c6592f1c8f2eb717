using Serverless.Benchmarks.Scale.Measuring;
using Serverless.Benchmarks.Scale.Simulating;
using Serverless.TestKit;

namespace Serverless.Benchmarks.Scale;

/// <summary><c>scale</c>: simulates; <c>scale measure</c>: counts anew what a job costs, and writes it down.</summary>
internal static class ScaleBenchmark
{
    private static readonly Scenario[] Scenarios =
    [
        new("10 a day", 10, 1, 10),
        new("1,000 a day", 1_000, 1, 100),
        new("the same, each waiting job looks by itself", 1_000, 1, 100) { LookSeconds = 0 },
        new("100,000 a day, one pool", 100_000, 1, 1_000),
        new("100,000 a day, 10 pools", 100_000, 10, 400),
        new("the same, each waiting job looks by itself", 100_000, 10, 400) { LookSeconds = 0 },
        new("10 pools, machines stay 10 min", 100_000, 10, 400) { IdleSeconds = 600 },
        new("the same, renewed every second", 100_000, 10, 400) { IdleSeconds = 600, RenewSeconds = 1, LeaseSeconds = 15 },
    ];

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var path = Path.Combine(Needs.RepositoryRoot(), "docs", "benchmarks", "scale-profile.json");
        if (args is ["measure"])
        {
            (await Measurement.RunAsync()).Write(path);
            Console.WriteLine(await File.ReadAllTextAsync(path));
            return 0;
        }

        var profile = JobProfile.Read(path);
        var days = Scenarios.Select(scenario => Day.Run(scenario, profile)).ToList();
        Print("| a day of jobs | machines, most | programs, most | wait, middle s | wait, 99 of 100 s | looks refused | lingered, longest s | paid over used | machine hours |",
            days, day => [$"{day.PeakMachines:N0}", $"{day.PeakRunning:N0}", $"{day.Wait.Median:N0}", $"{day.Wait.P99:N0}", $"{day.RefusedShare:P0}", $"{day.LongestLinger:N0}", $"{day.PaidOverUsed:0.00}", $"{day.PaidHours:N0}"]);
        Console.WriteLine();
        Print("| most a second, in any ten | requests to tables | entities in the jobs' index | requests to blobs | operations of the bus | workflow actions | requests to the API |",
            days, day => [.. new[] { "tables", "index", "blobs", "bus", "actions", "http" }.Select(load => $"{day.Peaks[load]:N1}")]);
        Console.WriteLine();
        Console.WriteLine($"A job is {profile.Actions:0} workflow actions, {profile.OfJob("tables."):0} requests to tables, {profile.OfJob("artifacts."):0} to blobs, {profile.OfJob("doorbell.send") + profile.OfJob("doorbell.receive") + profile.OfJob("doorbell.settle"):0} operations of the bus; each second of its program {profile.OfSecond("tables."):0.0} requests to tables.");
        return 0;
    }

    private static void Print(string head, IReadOnlyList<DayResult> days, Func<DayResult, IEnumerable<string>> cells)
    {
        Console.WriteLine(head);
        Console.WriteLine("| --- " + string.Concat(Enumerable.Repeat("| ---: ", head.Count(c => c == '|') - 2)) + "|");
        foreach (var day in days)
            Console.WriteLine($"| {day.Scenario.Name} | {string.Join(" | ", cells(day))} |");
    }
}
