using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Serverless.Benchmarks.MainPath;
using Serverless.Client;
using Serverless.Client.Hosts;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.TestKit;

namespace Serverless.Benchmarks.Tuning.Overhead;

/// <summary>What the platform adds to a trial: a study whose trials start a program that ends at once, on local nodes; beside Optuna's threads and beside a loop that starts the program.</summary>
internal static class TrialOverhead
{
    private const string Usage = """
        usage: overhead [--trials COUNT] [--nodes COUNT] [--python PROGRAM] [--optuna FOLDER]...
          --trials  by itself 1000
          --nodes   how many local nodes, and trials at once, 1 to 64; by itself 4
          --optuna  a folder to import Optuna from, when it is not installed
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private static readonly string[] Trial = ["sh", "-c", "echo \"loss = $1\""];

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length % 2 != 0 || args.Where((_, index) => index % 2 == 0).Except(["--trials", "--nodes", "--python", "--optuna"]).Any())
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var options = args.Chunk(2).ToLookup(pair => pair[0], pair => pair[1]);
        var trials = int.Parse(options["--trials"].LastOrDefault("1000"), CultureInfo.InvariantCulture);
        var nodes = int.Parse(options["--nodes"].LastOrDefault("4"), CultureInfo.InvariantCulture);
        var floor = await LoopAsync(trials, nodes);
        var ours = await StudyAsync(trials, nodes);
        var peer = await PeerScript.RunAsync(
            options["--python"].LastOrDefault("python3"), "optuna-overhead-peer.py", [$"{trials}", $"{nodes}", .. options["--optuna"]]);
        Console.WriteLine($"{trials} trials, {nodes} at once; {Built.Machine}\n\n| | seconds | ms a trial |\n| --- | ---: | ---: |");
        Row("the program, started by a loop", floor, trials);
        Row("a study on the local host and its nodes", ours, trials);
        if (peer is not null)
            Row("Optuna: threads, journal in a file", JsonDocument.Parse(peer[0]).RootElement.GetProperty("seconds").GetDouble(), trials);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nThe platform adds {(ours - floor) * 1000 / trials:0.0} ms a trial, from the submission to the study's end; {(ours - floor) * 1000 * nodes / trials:0.0} ms of a node's time."));
        return 0;
    }

    private static void Row(string what, double seconds, int trials) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {seconds:0.00} | {seconds * 1000 / trials:0.0} |"));

    private static async Task<double> LoopAsync(int trials, int parallelism)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(0, trials, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, static async (_, cancel) =>
        {
            using var process = Process.Start(new ProcessStartInfo(Trial[0], [.. Trial[1..], "--x", "0.5"]) { RedirectStandardOutput = true })!;
            await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
        });
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> StudyAsync(int trials, int nodes)
    {
        using var data = new TempFolder();
        var url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        using var server = await ServerProcess.StartAsync("dotnet", [Built.Program("Serverless.Local"), "--data", data.Path, "--urls", url, "--max-nodes", $"{nodes}"], url + "/health/live");
        using var client = new ServerlessClient(new Uri(url), LocalHost.ReadKey(data.Path));
        using var late = new CancellationTokenSource(Limit, TimeProvider.System);
        var clock = Stopwatch.StartNew();
        var study = await client.Studies.SubmitAsync(new StudySpec
        {
            Objectives = [new ObjectiveSpec { Metric = "loss" }],
            Space = new SpaceSpec { Parameters = [new ParameterSpec { Name = "x", Type = ParameterType.Float, Low = 0, High = 1 }] },
            Sampler = new TunerSpec("random"),
            Limits = new StudyLimitSpec { Trials = trials, Parallelism = nodes },
            Job = new JobSpec { Program = new ProgramSpec { Command = Trial } },
        }, cancel: late.Token);
        var ended = await client.Studies.WaitAsync(study.Id, cancel: late.Token);
        var seconds = clock.Elapsed.TotalSeconds;
        return ended.Trials.Complete == trials
            ? seconds
            : throw new InvalidOperationException($"Of {trials} trials {ended.Trials.Complete} are complete: {ended.Message}");
    }
}
