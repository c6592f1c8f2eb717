using Serverless.Tuning.Samplers.Auto;
using Serverless.Tuning.Samplers.CmaEs;
using Serverless.Tuning.Samplers.Gaussian;
using Serverless.Tuning.Samplers.Genetic;
using Serverless.Tuning.Samplers.Grid;
using Serverless.Tuning.Samplers.PopulationBased;
using Serverless.Tuning.Samplers.QuasiRandom;
using Serverless.Tuning.Samplers.Random;
using Serverless.Tuning.Samplers.Tpe;
using Serverless.Tuning.Sampling;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Catalogs;

/// <summary>All samplers by name.</summary>
public static class SamplerCatalog
{
    private const int Many = 100_000;

    private static readonly IReadOnlyList<Setting> TpeSettings =
    [
        new("startupTrials", 10, 1, Many, SettingKind.Whole, "How many trials are drawn by chance before there is a model."),
        new("candidates", 24, 1, Many, SettingKind.Whole, "How many points are drawn from the model, of which the best is proposed."),
        new("goodShare", 0.1, 0.001, 0.999, SettingKind.Number, "The part of the trials that is called good."),
        new("maxGood", 25, 1, Many, SettingKind.Whole, "The most trials that are called good."),
        new("priorWeight", 1, 1e-6, 1e6, SettingKind.Number, "The weight of the prior against that of a trial."),
        new("magicClip", 1, 0, 1, SettingKind.Flag, "Keeps kernels from becoming very narrow."),
        new("constantLiar", 1, 0, 1, SettingKind.Flag, "Takes trials that run for bad ones, so that those proposed at once lie apart."),
    ];

    private static readonly Setting Scramble = new("scramble", 1, 0, 1, SettingKind.Flag, "Whether the sequence is randomised.");

    private static readonly Catalog<ISampler> Entries = new("sampler",
    [
        new("auto", "Chooses by itself what to do: a model of the whole space and neighbourhoods of the best trials, by turns.",
            [new("middleFirst", 1, 0, 1, SettingKind.Flag, "Whether the middle of the space is the first trial.")],
            values => new AutoSampler { BeginsInTheMiddle = values.Flag("middleFirst") }),
        new("gp", "Bayesian optimisation with a Gaussian process.", [], _ => new GaussianProcessSampler()),
        new("cma-es", "Evolution with covariance matrix adaptation, for numbers.",
            [new("step", 1.0 / 6, 1e-6, 1, SettingKind.Number, "The first step size, in ranges of the parameters."),
                new("population", null, 4, Many, SettingKind.Whole, "How many trials make a generation; by itself 4 + 3·ln(parameters)."),
                new("restart", 2, 0, 2, SettingKind.Whole, "How it begins again at its end: 0 as before, 1 with twice the population, 2 with large and small ones by turns.")],
            values => new CmaEsSampler(new CmaEsOptions
            {
                Step = values.Number("step"),
                Population = values.OptionalWhole("population"),
                Restart = (CmaEsRestart)values.Whole("restart"),
            })),
        new("random", "Points by chance.", [], _ => new RandomSampler()),
        new("tpe", "Parzen estimators, joint for parameters that are there under the same condition.", TpeSettings, values => Tpe(TpeModel.Grouped, values)),
        new("tpe-multivariate", "Parzen estimators, joint for parameters that are always there.", TpeSettings, values => Tpe(TpeModel.Multivariate, values)),
        new("tpe-independent", "Parzen estimators, each parameter by itself.", TpeSettings, values => Tpe(TpeModel.Independent, values)),
        new("grid", "Every combination of some values of each parameter, once.", [new("points", 5, 2, Many, SettingKind.Whole, "How many values of a number are tried.")], values => new GridSampler(values.Whole("points"))),
        new("sobol", "Points of Sobol's sequence, which fills the space evenly.", [Scramble], values => new QuasiRandomSampler(QuasiRandomKind.Sobol, values.Flag("scramble"))),
        new("halton", "Points of Halton's sequence, which fills the space evenly.", [Scramble], values => new QuasiRandomSampler(QuasiRandomKind.Halton, values.Flag("scramble"))),
        new("nsga2", "Generations of trials, of which the best have children; for several objectives.",
            [new("population", 50, 2, Many, SettingKind.Whole, "How many trials make a generation."),
                new("crossoverProbability", 0.9, 0, 1, SettingKind.Number, "How probably a child has two parents."),
                new("swapProbability", 0.5, 0, 1, SettingKind.Number, "How probably a parameter is of the second parent."),
                new("mutationProbability", null, 0, 1, SettingKind.Number, "How probably a parameter is drawn anew; by itself so that one is, on average.")],
            values => new NsgaSampler(new NsgaOptions
            {
                Population = values.Whole("population"),
                CrossoverProbability = values.Number("crossoverProbability"),
                SwapProbability = values.Number("swapProbability"),
                MutationProbability = values.OptionalNumber("mutationProbability"),
            })),
        new("pbt", "Population-based training: trials go on from each other's checkpoints.",
            [new("members", 20, 2, Many, SettingKind.Whole, "How many members the population has."),
                new("truncation", 0.2, 0.001, 0.5, SettingKind.Number, "The part of the members at each end: the lower copy the upper."),
                new("resampleProbability", 0.25, 0, 1, SettingKind.Number, "How probably a parameter of a copy is drawn anew."),
                new("factor", 1.2, 1.001, 100, SettingKind.Number, "By how much the other numbers of a copy are multiplied or divided.")],
            values => new PopulationSampler(new PopulationOptions
            {
                Members = values.Whole("members"),
                Truncation = values.Number("truncation"),
                ResampleProbability = values.Number("resampleProbability"),
                Factor = values.Number("factor"),
            })),
    ]);

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => Entries.Names;

    /// <summary>What a sampler can be told; null: there is none of the name.</summary>
    public static IReadOnlyList<Setting>? SettingsOf(string name) => Entries.SettingsOf(name);

    /// <summary>What a sampler is, in a sentence; null: there is none of the name.</summary>
    public static string? MeaningOf(string name) => Entries.MeaningOf(name);

    /// <summary>Makes a sampler.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="settings">What it is told; what is left out has its default.</param>
    /// <param name="errors">Everything that is wrong, by <c>name</c> and <c>settings.NAME</c>.</param>
    /// <returns>Null when there are errors.</returns>
    public static ISampler? Create(string name, IReadOnlyDictionary<string, double> settings, out IReadOnlyList<SpaceError> errors) =>
        Entries.Create(name, settings, out errors);

    private static TpeSampler Tpe(TpeModel model, SettingValues values) => new(new TpeOptions
    {
        Model = model,
        StartupTrials = values.Whole("startupTrials"),
        Candidates = values.Whole("candidates"),
        GoodShare = values.Number("goodShare"),
        MaxGood = values.Whole("maxGood"),
        PriorWeight = values.Number("priorWeight"),
        MagicClip = values.Flag("magicClip"),
        ConstantLiar = values.Flag("constantLiar"),
    });
}
