using System.Globalization;
using Serverless.Benchmarks.Tuning.Functions;

namespace Serverless.Benchmarks.Tuning;

/// <summary>The best value after 50, 100 and 200 trials, ours beside Optuna's, over seeds: medians, and whether ours is worse by a rank test.</summary>
internal static class TuningBenchmark
{
    private const string Usage = """
        usage: tuning [--samplers NAMES] [--functions NAMES] [--seeds FIRST:COUNT] [--python PROGRAM] [--optuna FOLDER]... [--peer-results FILE]...
          --samplers      ours, with commas; by itself auto, gp and cma-es
          --functions     of the benchmark, with commas; by itself all
          --seeds         by itself 0:20
          --optuna        a folder to import Optuna (or cmaes) from, when it is not installed
          --peer-results  lines that an earlier run of optuna-peer.py wrote, in place of another run: its GP sampler takes an hour
        """;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length % 2 != 0 || args.Where((_, index) => index % 2 == 0).Except(["--samplers", "--functions", "--seeds", "--python", "--optuna", "--peer-results"]).Any())
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var options = args.Chunk(2).ToLookup(pair => pair[0], pair => pair[1]);
        string One(string name, string otherwise) => options[name].LastOrDefault(otherwise);
        string[] samplers = One("--samplers", "auto,gp,cma-es").Split(',');
        var functions = options["--functions"].LastOrDefault()?.Split(',').Select(name => TestFunctions.All.Single(function => function.Name == name)).ToList() ?? [.. TestFunctions.All];
        int[] seeds = [.. One("--seeds", "0:20").Split(':').Select(int.Parse)];

        var ours = samplers.ToDictionary(sampler => sampler, sampler => Run(sampler, functions, seeds[0], seeds[1]));
        if (samplers.Contains("auto") && functions.Any(function => function.Name == "ackley10"))
            ours[OurStudies.NotFromTheMiddle] = Run(OurStudies.NotFromTheMiddle, [.. functions.Where(function => function.Name == "ackley10")], seeds[0], seeds[1]);
        var peers = await PeersAsync(options, functions, seeds);
        if (peers is null)
            return 0;
        foreach (var (sampler, courses) in ours)
        {
            var namesake = OptunaPeer.Namesakes.GetValueOrDefault(sampler);
            Console.WriteLine($"\n## {sampler} beside {(namesake is null ? "the best of Optuna's samplers at each row" : $"Optuna's {namesake}")}\n");
            Console.WriteLine(Comparison.Table(courses, peers, namesake));
        }

        return 0;
    }

    private static IReadOnlyList<Course> Run(string sampler, IReadOnlyList<TestFunction> functions, int first, int count)
    {
        var courses = new List<Course>();
        foreach (var function in functions)
        {
            var asks = new Figures($"{sampler} on {function.Name}: ms a proposal at 190 to 200 trials");
            var mine = Enumerable.Range(first, count).Select(seed => OurStudies.Run(sampler, function, seed, asks)).ToList();
            courses.AddRange(mine);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{sampler,-10} {function.Name,-12} {string.Join("  ", Course.Budgets.Select(budget => $"@{budget} {Comparison.Median([.. mine.Select(course => course.Curve[budget - 1])]):g6}"))}  ask {asks.Median:0.0} ms"));
        }

        return courses;
    }

    private static async Task<IReadOnlyList<Course>?> PeersAsync(ILookup<string, string> options, IReadOnlyList<TestFunction> functions, int[] seeds)
    {
        if (options["--peer-results"].Any())
            return [.. options["--peer-results"].SelectMany(file => OptunaPeer.Read(File.ReadLines(file)))];
        return await OptunaPeer.RunAsync(
            options["--python"].LastOrDefault("python3"), options["--optuna"], OptunaPeer.Namesakes.Values, functions.Select(function => function.Name), seeds[0], seeds[1]);
    }
}
