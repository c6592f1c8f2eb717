using System.Diagnostics;
using System.Globalization;
using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Benchmarks.Tuning.Proposals;

/// <summary>How long a proposal takes after many trials, ours beside Optuna's.</summary>
internal static class ProposalTimes
{
    private const string Usage = """
        usage: proposals [--samplers NAMES] [--dimensions COUNTS] [--trials COUNT] [--python PROGRAM] [--optuna FOLDER]...
          --samplers    ours, with commas; by itself tpe and tpe-independent
          --dimensions  with commas; by itself 5,10
          --trials      how many are known; by itself 1000
        """;

    private const int Proposals = 100;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length % 2 != 0 || args.Where((_, index) => index % 2 == 0).Except(["--samplers", "--dimensions", "--trials", "--python", "--optuna"]).Any())
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var options = args.Chunk(2).ToLookup(pair => pair[0], pair => pair[1]);
        string One(string name, string otherwise) => options[name].LastOrDefault(otherwise);
        var trials = int.Parse(One("--trials", "1000"));
        Console.WriteLine($"Milliseconds a proposal after {trials} trials\n\n| sampler | parameters | minimum | median | ninth decile | Optuna's median | ratio |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var sampler in One("--samplers", "tpe,tpe-independent").Split(','))
        {
            foreach (var dimensions in One("--dimensions", "5,10").Split(',').Select(int.Parse))
            {
                var ours = Measure(sampler, dimensions, trials);
                var peer = OptunaPeer.Namesakes.TryGetValue(sampler, out var namesake) ? await PeerAsync(One("--python", "python3"), options["--optuna"], namesake, dimensions, trials) : null;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {sampler} | {dimensions} | {ours[0]:0.000} | {ours[Proposals / 2]:0.000} | {ours[Proposals * 9 / 10]:0.000} | {peer:0.00} | {peer / ours[Proposals / 2]:0} |"));
            }
        }

        return 0;
    }

    private static double[] Measure(string sampler, int dimensions, int trials)
    {
        var space = new SpaceDescription([.. Enumerable.Range(0, dimensions).Select(index => new FloatParameter($"x{index}", 0, 1))]);
        var study = Study.Begin(space, [new Objective("loss")], SamplerCatalog.Create(sampler, new Dictionary<string, double>(), out _)!, new NoPruner(), new StudyLimits(), 1);
        var times = new double[Proposals];
        for (var trial = 0; trial < trials + Proposals; trial++)
        {
            var begin = Stopwatch.GetTimestamp();
            var start = study.Apply(new TrialsAsked()).OfType<StartTrial>().Single();
            if (trial >= trials)
                times[trial - trials] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            study.Apply(new TrialCompleted(start.Trial, [start.Values.Sum(value => Math.Pow(value.Value.Number - 0.3, 2))]));
        }

        Array.Sort(times);
        return times;
    }

    private static async Task<double?> PeerAsync(string python, IEnumerable<string> paths, string sampler, int dimensions, int trials)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "optuna-proposals-peer.py");
        var start = new ProcessStartInfo(python, [script, sampler, $"{dimensions}", $"{trials}", .. paths]) { RedirectStandardOutput = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? double.Parse(output, CultureInfo.InvariantCulture) : null;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Console.Error.WriteLine($"Optuna did not run: '{python}' cannot be started ({missing.Message}). Give an interpreter by --python.");
            return null;
        }
    }
}
