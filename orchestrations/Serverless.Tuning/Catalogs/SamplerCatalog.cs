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

    private static readonly Catalog<ISampler> Entries = new("sampler",
    [
        new("random", "Points by chance.", [], _ => new RandomSampler()),
        new("tpe", "Parzen estimators, joint for parameters that are there under the same condition.", TpeSettings, values => Tpe(TpeModel.Grouped, values)),
        new("tpe-multivariate", "Parzen estimators, joint for parameters that are always there.", TpeSettings, values => Tpe(TpeModel.Multivariate, values)),
        new("tpe-independent", "Parzen estimators, each parameter by itself.", TpeSettings, values => Tpe(TpeModel.Independent, values)),
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
