using System.Diagnostics;
using System.Globalization;
using Serverless.Tuning.Importance;
using Serverless.Tuning.Trials;

namespace Serverless.Benchmarks.Tuning.Importance;

/// <summary>What matters, ours beside Optuna's: against functions of which it is known, and how long it takes.</summary>
internal static class ImportanceBenchmark
{
    private const string Usage = """
        usage: importance [--trials COUNT] [--samplers NAMES] [--seeds COUNT] [--wide TRIALSxPARAMETERS] [--python PROGRAM] [--optuna FOLDER]...
          --trials    of each function; by itself 300
          --samplers  who proposes them, with commas; by itself random,auto
          --seeds     of Optuna's forests; by itself 3
          --wide      for times, with commas; by itself 200x5,1000x20
        """;

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length % 2 != 0 || args.Where((_, index) => index % 2 == 0).Except(["--trials", "--samplers", "--seeds", "--wide", "--python", "--optuna"]).Any())
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var options = args.Chunk(2).ToLookup(pair => pair[0], pair => pair[1]);
        string One(string name, string otherwise) => options[name].LastOrDefault(otherwise);
        var (python, seeds, trials) = (One("--python", "python3"), int.Parse(One("--seeds", "3"), CultureInfo.InvariantCulture), int.Parse(One("--trials", "300"), CultureInfo.InvariantCulture));
        foreach (var sampler in One("--samplers", "random,auto").Split(','))
        {
            var histories = ImportanceCase.All.ToDictionary(each => each.Name, each => each.Run(sampler, trials, 1));
            Shares(sampler, trials, histories, await ImportancePeer.AskAsync(python, options["--optuna"], seeds, histories.Select(pair => (pair.Key, pair.Value))));
        }

        await TimesAsync(One("--wide", "200x5,1000x20"), python, [.. options["--optuna"]]);
        return 0;
    }

    private static void Shares(string sampler, int trials, Dictionary<string, TrialHistory> histories, IReadOnlyDictionary<string, ImportancePeer.Answer>? peer)
    {
        Console.WriteLine($"\n{trials} trials by {sampler}: part of the variance (fANOVA), and part of all divergences (PED-ANOVA)\n");
        Console.WriteLine("| function | parameter | true | fANOVA | Optuna's | PED-ANOVA | Optuna's |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        var (errors, theirs) = (new List<double>(), new List<double>());
        foreach (var each in ImportanceCase.All)
        {
            var forest = ParameterRanking.Of(histories[each.Name], new ImportanceOptions());
            var density = ParameterRanking.Of(histories[each.Name], new ImportanceOptions { Method = ImportanceMethod.PedAnova });
            var answer = peer?.GetValueOrDefault(each.Name);
            foreach (var (i, parameter) in each.Space.Parameters.Index())
            {
                var ours = forest.Parameters.Single(found => found.Name == parameter.Name).Value;
                var other = answer?.Fanova.Average(seed => seed[parameter.Name]);
                errors.Add(Math.Abs(ours - each.Shares[i]));
                if (other is { } known)
                    theirs.Add(Math.Abs(known - each.Shares[i]));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {each.Name} | {parameter.Name} | {each.Shares[i]:0.000} | {ours:0.000} | {other:0.000} | {density.Parameters.Single(found => found.Name == parameter.Name).Importance:0.000} | {answer?.PedAnova[parameter.Name] / answer?.PedAnova.Values.Sum():0.000} |"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nMean distance from the true part: ours {errors.Average():0.000}, Optuna's {(theirs.Count > 0 ? theirs.Average() : double.NaN):0.000}"));
    }

    private static async Task TimesAsync(string sizes, string python, IReadOnlyList<string> paths)
    {
        Console.WriteLine("\n| milliseconds | fANOVA | with pairs | Optuna's fANOVA | ratio | PED-ANOVA | Optuna's | ratio |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var size in sizes.Split(','))
        {
            var numbers = size.Split('x').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
            var history = ImportanceCase.Wide(numbers[1]).Run("random", numbers[0], 1);
            var forest = Median(history, new ImportanceOptions());
            var pairs = Median(history, new ImportanceOptions { Pairs = true });
            var density = Median(history, new ImportanceOptions { Method = ImportanceMethod.PedAnova });
            var peer = await ImportancePeer.AskAsync(python, paths, 1, [("wide", history)]);
            var (theirForest, theirDensity) = (peer?["wide"].FanovaSeconds * 1e3, peer?["wide"].PedAnovaSeconds * 1e3);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {numbers[0]} trials, {numbers[1]} parameters | {forest:0} | {pairs:0} | {theirForest:0} | {theirForest / forest:0} | {density:0.0} | {theirDensity:0.0} | {theirDensity / density:0} |"));
        }
    }

    private static double Median(TrialHistory history, ImportanceOptions options)
    {
        const int Runs = 5;
        var times = new double[Runs];
        ParameterRanking.Of(history, options); // compiled code from here on
        for (var run = 0; run < Runs; run++)
        {
            var begin = Stopwatch.GetTimestamp();
            ParameterRanking.Of(history, options);
            times[run] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        return times.Order().ElementAt(Runs / 2);
    }
}
