using System.Diagnostics;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Triggers;
using Serverless.TestKit;

namespace Serverless.Benchmarks.Scale.Measuring;

/// <summary>Counts what a job costs the services: in all by the demo's own job, and for each second that a program runs, by two that differ in nothing else.</summary>
internal static class Measurement
{
    private const int Runs = 3;
    private const int ShortSeconds = 5;
    private const int LongSeconds = 25;
    private const int IdleSeconds = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Measures.</summary>
    public static async Task<JobProfile> RunAsync()
    {
        var jobs = new List<Dictionary<string, long>>();
        for (var run = 0; run < Runs; run++)
            jobs.Add(await OfAsync(DigitsAsync));
        var job = jobs.SelectMany(counts => counts.Keys).Distinct().ToDictionary(call => call, call => jobs.Select(counts => counts.GetValueOrDefault(call)).Order().ElementAt(Runs / 2));
        var (few, many) = (await OfAsync(host => SleepAsync(host, ShortSeconds)), await OfAsync(host => SleepAsync(host, LongSeconds)));
        var idle = await OfAsync(_ => Task.Delay(TimeSpan.FromSeconds(IdleSeconds), TimeProvider.System));
        var running = few.Keys.Union(many.Keys).ToDictionary(call => call, call => Math.Round((double)(many.GetValueOrDefault(call) - few.GetValueOrDefault(call)) / (LongSeconds - ShortSeconds), 3));
        return new JobProfile
        {
            Machine = Built.Machine,
            Job = Sorted(job.ToDictionary(pair => pair.Key, pair => (double)pair.Value)),
            RunningSecond = Sorted(running),
            IdleSecond = Sorted(idle.ToDictionary(pair => pair.Key, pair => Math.Round((double)pair.Value / IdleSeconds, 3))),
        };
    }

    private static async Task<Dictionary<string, long>> OfAsync(Func<CountedHost, Task> run)
    {
        await using var host = await CountedHost.StartAsync(TimeSpan.FromSeconds(1));
        await host.Client.HealthAsync();
        var (before, clock) = (host.Counts.Now(), Stopwatch.StartNew());
        await run(host);
        var after = host.Counts.Now();
        Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s: {after.Values.Sum() - before.Values.Sum()} calls");
        return after.Select(pair => (pair.Key, Value: pair.Value - before.GetValueOrDefault(pair.Key))).Concat(HistoryCounts.Read(host.Workflows).Select(pair => (pair.Key, pair.Value)))
            .Where(pair => pair.Value > 0).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>The demo's job: data lands, a trigger fires, a model is trained, gated, deployed and asked, the node leaves.</summary>
    private static async Task DigitsAsync(CountedHost host)
    {
        await host.Client.Triggers.PutAsync("digits", new TriggerSpec
        {
            Prefix = "digits/",
            Job = new JobSpec
            {
                Program = new ProgramSpec { Algorithm = "logistic-regression" },
                Arguments = ["--target", "label"],
                Inputs = [new InputSpec { Channel = "train" }],
                Model = new ModelSpec { Name = "digits", Gate = [new GateSpec("accuracy", GateOperator.AtLeast, 0.93)], Endpoint = "digits" },
            },
        });
        await host.Client.Data.PutFileAsync("digits", Path.Combine(Needs.RepositoryRoot(), "samples", "digits.csv"));
        await EndedAsync(host, async () => (await host.Client.Triggers.GetAsync("digits")).LastJobId);
        var row = string.Join('\n', File.ReadLines(Path.Combine(Needs.RepositoryRoot(), "samples", "digits.csv")).Take(2).Select(line => line[..line.LastIndexOf(',')]));
        await host.Client.Endpoints.PredictCsvAsync("digits", row);
    }

    private static async Task SleepAsync(CountedHost host, int seconds)
    {
        var job = await host.Client.Jobs.SubmitAsync(new JobSpec { Program = new ProgramSpec { Command = ["sleep", $"{seconds}"] } });
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System); // nobody looks meanwhile: looking is counted too
        await EndedAsync(host, () => Task.FromResult<string?>(job.Id));
    }

    /// <summary>Waits for the end by looking once a second, then for the node to go.</summary>
    private static async Task EndedAsync(CountedHost host, Func<Task<string?>> id)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Limit)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            if (await id() is { } job && await host.Client.Jobs.GetAsync(job) is { } now && now.Status is not (JobStatus.Pending or JobStatus.Queued or JobStatus.Starting or JobStatus.Running or JobStatus.Finishing))
            {
                if (now.Status != JobStatus.Succeeded)
                    throw new InvalidOperationException($"The job ended as {now.Status}: {now.Message}");
                await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System); // the node's idle time, and its farewell
                return;
            }
        }

        throw new InvalidOperationException($"The job did not end within {Limit.TotalSeconds} s.");
    }

    private static SortedDictionary<string, double> Sorted(IDictionary<string, double> counts) =>
        new(counts.Where(pair => pair.Value != 0).ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
