using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Jobs;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Experiments;
using Serverless.Core.Experiments.Comparisons;
using Serverless.Core.Jobs;
using Serverless.Infra.Local.Documents;
using Serverless.Infra.Local.Sqlite;
using Serverless.Orchestrations;
using Serverless.Orchestrations.Experiments;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Benchmarks.Experiments;

/// <summary>How long experiments take to list, show and compare among many jobs, beside looking at every job for its experiment.</summary>
internal static class ExperimentListing
{
    private const string Usage = "usage: experiments [--jobs COUNT] [--experiments COUNT]   (by itself 5000 and 50)";
    private const int Runs = 20;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length % 2 != 0 || args.Where((_, index) => index % 2 == 0).Except(["--jobs", "--experiments"]).Any())
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
        var (count, experiments) = (options.GetValueOrDefault("--jobs", 5_000), options.GetValueOrDefault("--experiments", 50));
        using var folder = new TempFolder();
        await using var database = new LocalDatabase(new LocalDatabaseOptions(folder["documents.db"]));
        await using var services = Compose(new SqliteDocumentStore(database, TimeProvider.System));
        await FillAsync(services, count, experiments);

        var jobs = services.GetRequiredService<JobSet>();
        var (views, runs, comparisons) = (services.GetRequiredService<ExperimentViews>(), services.GetRequiredService<ExperimentRuns>(), services.GetRequiredService<ExperimentComparisons>());
        var one = $"experiment-{experiments / 2}";
        Console.WriteLine($"{count} jobs in {experiments} experiments, SQLite, milliseconds\n\n| what | minimum | median | maximum | runs |\n| --- | ---: | ---: | ---: | ---: |");
        await MeasureAsync("list 50 experiments with their counts", async () => Require((await views.ListAsync(null, 50, null, default)).Experiments.Sum(experiment => experiment.Jobs), count / experiments * Math.Min(50, experiments)));
        await MeasureAsync("list one by a part of its name", async () => Require((await views.ListAsync("MENT-7", 50, null, default)).Experiments.Count(experiment => experiment.Name == "experiment-7"), 1));
        var page = await MeasureAsync("a page of 50 runs of one", async () => Require((await runs.ListAsync(one, [RunKind.Study, RunKind.Job], 50, null, default)).Runs.Count, 50));
        await MeasureAsync("compare the newest 50 of one", async () => Require((await comparisons.CompareAsync(one, new ComparisonRequest(), default)).Runs.Count, 50));
        await MeasureAsync("the best 10 of all of one by a metric", async () => Require((await comparisons.CompareAsync(one, new ComparisonRequest { Sort = "accuracy:desc", Limit = 10 }, default)).Runs.Count, 10));
        var scan = await MeasureAsync("for comparison: look at every job for those of one", async () =>
        {
            var found = 0;
            await foreach (var job in jobs.AllAsync(null, default))
                found += job.Spec.Experiment == one ? 1 : 0;
            Require(found, count / experiments);
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nA page by the index is {scan / page:0} times as fast as a look at every job."));
        return 0;
    }

    private static async Task FillAsync(ServiceProvider services, int count, int experiments)
    {
        var (jobs, all) = (services.GetRequiredService<JobSet>(), services.GetRequiredService<ExperimentSet>());
        var at = DateTimeOffset.UnixEpoch;
        for (var i = 0; i < experiments; i++)
            await all.OpenAsync($"experiment-{i}", at, default);
        foreach (var some in Enumerable.Range(0, count).Chunk(100))
            await Task.WhenAll(some.Select(i => jobs.CreateAsync(Job(i, $"experiment-{i % experiments}", at.AddSeconds(i)), default)));
    }

    /// <summary>A job as it is when it has ended, with what a training says of itself.</summary>
    private static JobRecord Job(int i, string experiment, DateTimeOffset at) => new()
    {
        Id = $"job-{i:x24}",
        Name = "logistic-regression",
        Spec = new JobSpec
        {
            Experiment = experiment,
            Program = new ProgramSpec { Algorithm = "logistic-regression" },
            Arguments = ["--target", "label", "--l2", (i % 17 * 0.1).ToString(CultureInfo.InvariantCulture), "--max-iterations", "100", "--seed", i.ToString(CultureInfo.InvariantCulture), "--fast"],
            Inputs = [new InputSpec { Channel = "train", Dataset = $"digits@{i % 3:x64}" }],
        },
        Source = "api",
        CreatedAt = at,
        StartedAt = at.AddSeconds(1),
        EndedAt = at.AddSeconds(9),
        Status = JobStatus.Succeeded,
        Metrics = new Dictionary<string, double> { ["accuracy"] = i * 7919 % 1000 / 1000.0, ["loss"] = 0.1, ["log_loss"] = 0.2, ["macro_f1"] = 0.9 },
        Machine = new JobMachine { NodeId = "node-1", Size = "local", VCpus = 2, MemoryBytes = 1L << 34 },
        Model = $"digits@{i}",
    };

    private static async Task<double> MeasureAsync(string what, Func<Task> act)
    {
        var figures = new Figures(what);
        await act();
        for (var i = 0; i < Runs; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await act();
            figures.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        Console.WriteLine(figures.Row());
        return figures.Median;
    }

    private static void Require(int found, int expected)
    {
        if (found != expected)
            throw new InvalidOperationException($"{found} were found instead of {expected}.");
    }

    private static ServiceProvider Compose(IDocumentStore documents)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton(documents).AddSingleton<IArtifactStore>(new MemoryArtifactStore(TimeProvider.System));
        return services.AddOrchestrations().BuildServiceProvider();
    }
}
