using System.Globalization;
using Serverless.Benchmarks.Tuning.Statistics;

namespace Serverless.Benchmarks.Tuning.Pruning;

/// <summary>The error of the best whole training after budgets of epochs, ours beside Optuna's combinations of sampler and pruner.</summary>
internal static class PruningBenchmark
{
    private const string Usage = """
        usage: pruning [--workers COUNT] [--seeds FIRST:COUNT] [--samplers NAMES] [--pruners NAMES] [--peers COMBINATIONS] [--python PROGRAM] [--optuna FOLDER]... [--peer-results FILE]...
          --workers       how many trials train at once; by itself 1
          --seeds         by itself 100:20
          --samplers      ours, with commas; by itself tpe
          --pruners       ours, with commas; by itself auto,successive-halving,median,hyperband
          --peers         Optuna's, as SAMPLER/PRUNER with commas
          --peer-results  lines that an earlier run of optuna-pruning-peer.py wrote, in place of another run
        """;

    private static readonly string[] Names = ["--workers", "--seeds", "--samplers", "--pruners", "--peers", "--python", "--optuna", "--peer-results"];

    private static readonly Dictionary<string, IReadOnlyDictionary<string, double>> Settings = new()
    {
        ["auto"] = new Dictionary<string, double> { ["lastStep"] = LearningCurve.Epochs },
        ["hyperband"] = new Dictionary<string, double> { ["lastStep"] = LearningCurve.Epochs },
        ["successive-halving"] = new Dictionary<string, double> { ["firstStep"] = 1 },
        ["median"] = new Dictionary<string, double> { ["warmupSteps"] = 1 },
    };

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length % 2 != 0 || args.Where((_, index) => index % 2 == 0).Except(Names).Any())
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var options = args.Chunk(2).ToLookup(pair => pair[0], pair => pair[1]);
        string One(string name, string otherwise) => options[name].LastOrDefault(otherwise);
        var workers = int.Parse(One("--workers", "1"));
        int[] seeds = [.. One("--seeds", "100:20").Split(':').Select(int.Parse)];
        var ours = (from sampler in One("--samplers", "tpe").Split(',')
                    from pruner in One("--pruners", "auto,successive-halving,median,hyperband").Split(',')
                    from seed in Enumerable.Range(seeds[0], seeds[1])
                    select PruningStudy.Run(sampler, pruner, Settings.GetValueOrDefault(pruner, new Dictionary<string, double>()), workers, seed)).ToList();
        IReadOnlyList<PruningCourse>? peers = options["--peer-results"].Any()
            ? [.. options["--peer-results"].SelectMany(file => PruningPeer.Read(File.ReadLines(file))).Where(course => course.Workers == workers)]
            : await PruningPeer.RunAsync(One("--python", "python3"), options["--optuna"], One("--peers", "tpe_mv/asha,tpe_mv/median,tpe_mv/hyperband,tpe/asha,tpe/median,random/asha").Split(','), workers, seeds[0], seeds[1]);

        Console.WriteLine($"\nMedian of the best whole training's true error (0.05 is the least), {seeds[1]} seeds, workers: {workers}\n");
        Print("ours", ours, workers);
        if (peers is null)
            return 0;
        Print("Optuna", peers, workers);
        Compare(ours, peers, workers);
        return 0;
    }

    private static void Print(string whose, IReadOnlyList<PruningCourse> courses, int workers)
    {
        var budgets = PruningCourse.Budgets(workers);
        Console.WriteLine($"| {whose} | {string.Join(" | ", budgets.Select(budget => $"{budget} epochs"))} | begun | whole |");
        Console.WriteLine($"| --- | {string.Join(" | ", budgets.Select(_ => "---:"))} | ---: | ---: |");
        foreach (var combination in courses.GroupBy(course => course.Combination))
        {
            var medians = budgets.Select((_, index) => Median(combination, index).ToString("0.0000", CultureInfo.InvariantCulture));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {combination.Key} | {string.Join(" | ", medians)} | {combination.Average(course => course.Started):0} | {combination.Average(course => course.Whole):0} |"));
        }

        Console.WriteLine();
    }

    private static void Compare(IReadOnlyList<PruningCourse> ours, IReadOnlyList<PruningCourse> peers, int workers)
    {
        Console.WriteLine("| ours | epochs | median | Optuna's best there | median | p that ours is worse |\n| --- | ---: | ---: | --- | ---: | ---: |");
        foreach (var mine in ours.GroupBy(course => course.Combination))
        {
            foreach (var (budget, index) in PruningCourse.Budgets(workers).Select((budget, index) => (budget, index)))
            {
                var other = peers.GroupBy(course => course.Combination).MinBy(group => Median(group, index))!;
                var probability = RankTest.ProbabilityThatGreater([.. mine.Select(course => course.Best[index])], [.. other.Select(course => course.Best[index])]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {mine.Key} | {budget} | {Median(mine, index):0.0000} | {other.Key} | {Median(other, index):0.0000} | {probability:0.000} |"));
            }
        }
    }

    private static double Median(IEnumerable<PruningCourse> courses, int index) => Comparison.Median([.. courses.Select(course => course.Best[index])]);
}
