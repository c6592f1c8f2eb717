using System.Globalization;
using Serverless.Benchmarks.Tuning.Statistics;

namespace Serverless.Benchmarks.Tuning.Fronts;

/// <summary>Several objectives: the volume of the front after 50, 100 and 200 trials, ours beside Optuna's, over seeds.</summary>
internal static class FrontBenchmark
{
    private const double Level = 0.05;

    private const string Usage = """
        usage: fronts [--samplers NAMES] [--problems NAMES] [--seeds FIRST:COUNT] [--trials COUNT] [--peers NAMES] [--python PROGRAM] [--optuna FOLDER]... [--peer-results FILE]...
          --samplers      ours, with commas; by itself auto,gp,tpe,tpe-independent,nsga2,random
          --problems      with commas; by itself all
          --seeds         by itself 0:20
          --trials        of a study, 50 to 200; by itself 200
          --peers         Optuna's samplers; by itself random,nsgaii,tpe,tpe_mv. gp takes half an hour for ten seeds of 100 trials
          --optuna        a folder to import Optuna from, when it is not installed
          --peer-results  lines that an earlier run of optuna-fronts-peer.py wrote, in place of another run
        """;

    private static readonly string[] Names = ["--samplers", "--problems", "--seeds", "--trials", "--peers", "--python", "--optuna", "--peer-results"];

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
        var problems = options["--problems"].LastOrDefault()?.Split(',').Select(name => FrontProblems.All.Single(problem => problem.Name == name)).ToList() ?? [.. FrontProblems.All];
        int[] seeds = [.. One("--seeds", "0:20").Split(':').Select(int.Parse)];
        var trials = int.Parse(One("--trials", "200"), CultureInfo.InvariantCulture);
        var ours = (from sampler in One("--samplers", "auto,gp,tpe,tpe-independent,nsga2,random").Split(',')
                    from problem in problems
                    from seed in Enumerable.Range(seeds[0], seeds[1])
                    select OurFronts.Run(sampler, problem, seed, trials)).ToList();
        Console.WriteLine($"Median volume of the front before the reference point, {seeds[1]} seeds\n");
        Print("ours", ours);
        IReadOnlyList<FrontCourse>? peers = options["--peer-results"].Any()
            ? [.. options["--peer-results"].SelectMany(file => FrontPeer.Read(File.ReadLines(file)))]
            : await FrontPeer.RunAsync(One("--python", "python3"), options["--optuna"], One("--peers", "random,nsgaii,tpe,tpe_mv").Split(','), problems.Select(problem => problem.Name), seeds[0], seeds[1], trials);
        if (peers is null)
            return 0;
        Print("Optuna", peers);
        foreach (var mine in ours.GroupBy(course => course.Sampler))
            Compare(mine.Key, [.. mine], peers, FrontPeer.Namesakes.GetValueOrDefault(mine.Key));
        return 0;
    }

    private static IEnumerable<int> Budgets(IEnumerable<FrontCourse> courses) => FrontCourse.Budgets.Where(budget => courses.All(course => course.Losses.Length >= budget));

    private static void Print(string whose, IReadOnlyList<FrontCourse> courses)
    {
        Console.WriteLine($"| {whose} | problem | {string.Join(" | ", FrontCourse.Budgets)} |");
        Console.WriteLine($"| --- | --- | {string.Join(" | ", FrontCourse.Budgets.Select(_ => "---:"))} |");
        foreach (var group in courses.GroupBy(course => (course.Sampler, course.Problem)))
        {
            var reached = Budgets(group).ToList();
            var medians = FrontCourse.Budgets.Select(budget => reached.Contains(budget) ? Median(group, budget).ToString("0.0000", CultureInfo.InvariantCulture) : "");
            Console.WriteLine($"| {group.Key.Sampler} | {group.Key.Problem} | {string.Join(" | ", medians)} |");
        }

        Console.WriteLine();
    }

    private static void Compare(string sampler, IReadOnlyList<FrontCourse> ours, IReadOnlyList<FrontCourse> peers, string? peer)
    {
        var rows = (from mine in ours.GroupBy(course => course.Problem)
                    from budget in Budgets(mine)
                    let other = peers.Where(course => course.Problem == mine.Key && (peer is null || course.Sampler == peer) && course.Losses.Length >= budget)
                        .GroupBy(course => course.Sampler).OrderByDescending(candidates => Median(candidates, budget)).FirstOrDefault()
                    where other is not null
                    select (mine.Key, budget, Ours: Median(mine, budget), other.Key, Theirs: Median(other, budget),
                        Probability: RankTest.ProbabilityThatGreater(Volumes(other, budget), Volumes(mine, budget)))).ToList();
        if (rows.Count == 0)
            return;
        var corrected = RankTest.Corrected([.. rows.Select(row => row.Probability)]);
        Console.WriteLine($"## {sampler} beside {(peer is null ? "the best of Optuna's samplers at each row" : $"Optuna's {peer}")}\n");
        Console.WriteLine("| problem | trials | ours | Optuna | its sampler | p that ours is worse | Holm | |\n| --- | ---: | ---: | ---: | --- | ---: | ---: | --- |");
        foreach (var ((problem, budget, mine, name, theirs, probability), index) in rows.Select((row, index) => (row, index)))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {problem} | {budget} | {mine:0.0000} | {theirs:0.0000} | {name} | {probability:0.000} | {corrected[index]:0.000} | {(corrected[index] < Level ? "worse" : "")} |"));
        }

        Console.WriteLine($"\nWorse at the 5 % level: {corrected.Count(probability => probability < Level)} of {rows.Count}.\n");
    }

    private static double Median(IEnumerable<FrontCourse> courses, int budget) => Comparison.Median(Volumes(courses, budget));

    private static double[] Volumes(IEnumerable<FrontCourse> courses, int budget) => [.. courses.Select(course => course.VolumeAfter(budget))];
}
