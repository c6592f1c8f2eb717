using Serverless.Tuning.Catalogs;
using Serverless.Tuning.Pruners;
using Serverless.Tuning.Spaces;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;

namespace Serverless.Benchmarks.Tuning.Importance;

/// <summary>A function of which it is known what part of the variance each parameter explains by itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Space">Its space.</param>
/// <param name="Value">Its value; numbers as they are, choices as indices.</param>
/// <param name="Shares">The parts, in the order of the space; empty: not known.</param>
internal sealed record ImportanceCase(string Name, SpaceDescription Space, Func<double[], double> Value, double[] Shares)
{
    private static readonly double[] G = [0, 1, 4.5, 9];

    /// <summary>Those of the table.</summary>
    public static IReadOnlyList<ImportanceCase> All { get; } =
    [
        new("sum: 4a + 3b + 2c + d", Box("a", "b", "c", "d", "e"), x => 4 * x[0] + 3 * x[1] + 2 * x[2] + x[3], [16 / 30.0, 9 / 30.0, 4 / 30.0, 1 / 30.0, 0]),
        new("Ishigami", new([.. new[] { "a", "b", "c" }.Select(name => new FloatParameter(name, -Math.PI, Math.PI))]),
            x => Math.Sin(x[0]) + 7 * Math.Pow(Math.Sin(x[1]), 2) + 0.1 * Math.Pow(x[2], 4) * Math.Sin(x[0]), [0.3139, 0.4424, 0]),
        new("Sobol's g", Box("a", "b", "c", "d"), x => x.Select((each, i) => (Math.Abs(4 * each - 2) + G[i]) / (1 + G[i])).Aggregate(1.0, (product, factor) => product * factor), OfG()),
        new("lr (log) + x", new([new FloatParameter("lr", 1e-6, 1, Log: true), new FloatParameter("x", 0, 1)]), x => Math.Log10(x[0]) / 6 + x[1], [0.5, 0.5]),
        new("choice + level", new([new CategoricalParameter("kind", ["a", "b", "c"]), new IntParameter("k", 0, 3)]), x => x[0] + (x[1] == 3 ? 1 : 0), [2 / 3.0 / (2 / 3.0 + 3 / 16.0), 3 / 16.0 / (2 / 3.0 + 3 / 16.0)]),
    ];

    /// <summary>One of many parameters, for times.</summary>
    public static ImportanceCase Wide(int parameters) =>
        new("wide", Box([.. Enumerable.Range(0, parameters).Select(i => $"x{i:D2}")]), x => x.Select((each, i) => Math.Pow(each - 0.3, 2) / (i + 1)).Sum() + Math.Sin(20 * x[0]) * x[1], []);

    /// <summary>A study's trials.</summary>
    public TrialHistory Run(string sampler, int trials, long seed)
    {
        var study = Study.Begin(Space, [new Objective("loss")], SamplerCatalog.Create(sampler, new Dictionary<string, double>(), out _)!, new NoPruner(), new StudyLimits(), seed);
        for (var trial = 0; trial < trials; trial++)
        {
            study.Apply(new TrialsAsked());
            study.Apply(new TrialCompleted(trial, [Value(study.History.Trials[trial].Point.ToArray())]));
        }

        return study.History;
    }

    private static SpaceDescription Box(params string[] names) => new([.. names.Select(name => new FloatParameter(name, 0, 1))]);

    /// <summary>Sobol 1993: a factor's own variance is 1 / (3 (1 + a)²), the whole's the product of one more each, less one.</summary>
    private static double[] OfG()
    {
        double[] own = [.. G.Select(a => 1 / (3 * (1 + a) * (1 + a)))];
        var whole = own.Aggregate(1.0, (product, variance) => product * (1 + variance)) - 1;
        return [.. own.Select(variance => variance / whole)];
    }
}
