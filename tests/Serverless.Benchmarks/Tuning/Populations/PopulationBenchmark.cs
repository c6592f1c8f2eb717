using System.Globalization;
using Serverless.Benchmarks.Tuning.Statistics;
using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Benchmarks.Tuning.Populations;

/// <summary>Population-based training beside searches for a constant learning rate, at the same epochs: <c>-- populations [--seeds N]</c>.</summary>
internal static class PopulationBenchmark
{
    private const int Epochs = 1_000;
    private const int EpochsOfATurn = 5;
    private const int EpochsOfATraining = 100;

    public static Task<int> RunAsync(string[] arguments)
    {
        var seeds = arguments is ["--seeds", var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 50;
        var courses = new (string Name, Func<int, double> Run)[]
        {
            ("pbt, 10 members", seed => Population(seed, 10)),
            ("random", seed => Search("random", seed)),
            ("auto", seed => Search("auto", seed)),
        };
        var losses = courses.ToDictionary(course => course.Name, course => Enumerable.Range(0, seeds).Select(course.Run).ToArray());
        var pbt = losses[courses[0].Name];
        Console.WriteLine($"the best loss after {Epochs} epochs in all, {seeds} seeds");
        Console.WriteLine("| | median | from | to | seeds that pbt is better in | p that pbt is no better |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (name, _) in courses)
        {
            var found = losses[name];
            double[] sorted = [.. found.Order()];
            var better = Enumerable.Range(0, seeds).Count(seed => pbt[seed] < found[seed]);
            var p = name == courses[0].Name ? "" : RankTest.ProbabilityThatGreater(found, pbt).ToString("0.0e+0", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {sorted[seeds / 2]:0.0000} | {sorted[seeds / 10]:0.0000} | {sorted[seeds * 9 / 10]:0.0000} | {(p.Length == 0 ? "" : $"{better} of {seeds}")} | {p} |"));
        }

        return Task.FromResult(0);
    }

    /// <summary>Turns of five epochs that go on from their parents.</summary>
    private static double Population(int seed, int members)
    {
        var noise = new Random(seed);
        var states = new List<NoisyValley>();
        var study = Begin("pbt", new Dictionary<string, double> { ["members"] = members }, seed);
        for (var spent = 0; spent < Epochs; spent += EpochsOfATurn)
        {
            var start = study.Apply(new TrialsAsked()).OfType<StartTrial>().Single();
            var state = (start.Parent is { } parent ? states[parent] : NoisyValley.Begin()).Train(EpochsOfATurn, start.Values[0].Value.Number, noise);
            states.Add(state);
            study.Apply(new TrialCompleted(start.Trial, [state.Loss]));
        }

        return states.Min(state => state.Loss);
    }

    /// <summary>Whole trainings with one rate each.</summary>
    private static double Search(string sampler, int seed)
    {
        var noise = new Random(seed);
        var study = Begin(sampler, new Dictionary<string, double>(), seed);
        var best = double.PositiveInfinity;
        for (var spent = 0; spent < Epochs; spent += EpochsOfATraining)
        {
            var start = study.Apply(new TrialsAsked()).OfType<StartTrial>().Single();
            var state = NoisyValley.Begin();
            // What it passes on the way counts too: whoever trains keeps the best epoch.
            for (var epoch = 0; epoch < EpochsOfATraining; epoch += EpochsOfATurn)
                best = Math.Min(best, (state = state.Train(EpochsOfATurn, start.Values[0].Value.Number, noise)).Loss);
            study.Apply(new TrialCompleted(start.Trial, [state.Loss]));
        }

        return best;
    }

    private static Study Begin(string sampler, Dictionary<string, double> settings, int seed) => Study.Begin(
        new SpaceDescription([new FloatParameter("rate", NoisyValley.LowestRate, NoisyValley.HighestRate) { Log = true }]),
        [new Objective("loss")],
        SamplerCatalog.Create(sampler, settings, out var errors) ?? throw new ArgumentException(string.Join(' ', errors), nameof(sampler)),
        new NoPruner(),
        new StudyLimits(),
        seed);
}
