using Serverless.Tuning.Pruners;
using Serverless.Tuning.Pruning;
using Serverless.Tuning.Spaces;

namespace Serverless.Tuning.Catalogs;

/// <summary>All pruners by name. <c>patient+NAME</c> is another pruner that is asked only about trials that have not become better for a while, with the settings of both.</summary>
public static class PrunerCatalog
{
    private const int Many = 1_000_000;

    private static readonly Setting Factor = new("factor", 3, 2, 100, SettingKind.Whole, "The ratio of rungs, and the part of the trials that goes on at each.");

    private static readonly IReadOnlyList<Setting> Schedule =
    [
        new("warmupSteps", 0, 0, Many, SettingKind.Whole, "Trials before this step are left alone."),
        new("interval", 1, 1, Many, SettingKind.Whole, "From there the pruner looks once in so many steps."),
    ];

    private static readonly IReadOnlyList<Setting> Startup =
    [
        new("startupTrials", 5, 0, Many, SettingKind.Whole, "How many trials must be complete before any is given up."),
        new("leastTrials", 1, 1, Many, SettingKind.Whole, "How many of them must have a value at the step."),
    ];

    private static readonly IReadOnlyList<Setting> Patience =
    [
        new("patience", 5, 0, Many, SettingKind.Whole, "How many reports to wait for a better value."),
        new("leastGain", 0, 0, double.MaxValue, SettingKind.Number, "How much worse than before still counts as no worse."),
    ];

    private static readonly IReadOnlyList<CatalogEntry<IPruner>> Simple =
    [
        new("none", "Every trial runs to its end.", [], _ => new NoPruner()),
        new("auto", "Successive halving whose rungs follow from the steps of a whole trial.",
            [new("lastStep", null, 1, Many, SettingKind.Whole, "The steps of a whole trial; by itself as many as the longest complete one has.")],
            values => new AutoPruner(values.OptionalWhole("lastStep"))),
        new("median", "Gives up a trial that is worse than the median of complete ones at the same step.", [.. Startup, .. Schedule],
            values => new PercentilePruner(50, values.Whole("startupTrials"), values.Whole("leastTrials"), ScheduleOf(values))),
        new("percentile", "Gives up a trial that is worse than a percentile of complete ones at the same step.",
            [new("percentile", 25, 0, 100, SettingKind.Number, "Which part of the trials may go on, in percent."), .. Startup, .. Schedule],
            values => new PercentilePruner(values.Number("percentile"), values.Whole("startupTrials"), values.Whole("leastTrials"), ScheduleOf(values))),
        new("threshold", "Gives up a trial whose value leaves a range.",
            [new("lower", null, double.MinValue, double.MaxValue, SettingKind.Number, "The least value to go on with."), new("upper", null, double.MinValue, double.MaxValue, SettingKind.Number, "The greatest value to go on with."), .. Schedule],
            values => Threshold(values.OptionalNumber("lower") ?? double.NegativeInfinity, values.OptionalNumber("upper") ?? double.PositiveInfinity, ScheduleOf(values))),
        new("successive-halving", "Lets the best part of the trials go on at each of several rungs (ASHA).",
            [new("firstStep", null, 1, Many, SettingKind.Whole, "The first rung's step; by itself a hundredth of a complete trial's steps."), Factor,
                new("lastStep", null, 1, Many, SettingKind.Whole, "The steps of a whole trial, of which the first rung is a hundredth; by itself as many as the longest complete one has."),
                new("skippedRungs", 0, 0, 20, SettingKind.Whole, "How many of the lowest rungs are left out."),
                new("leastTrials", 0, 0, Many, SettingKind.Whole, "A rung that no more than this have reached lets nobody on.")],
            values => new SuccessiveHalvingPruner(values.OptionalWhole("firstStep") ?? FirstOf(values.OptionalWhole("lastStep")), values.Whole("factor"), values.Whole("skippedRungs"), values.Whole("leastTrials"))),
        new("hyperband", "Successive halving from several first rungs at once.",
            [new("lastStep", 100, 1, Many, SettingKind.Whole, "The steps of a whole trial."), new("firstStep", 1, 1, Many, SettingKind.Whole, "The first rung's step."), Factor],
            values => new HyperbandPruner(Math.Max(values.Whole("lastStep"), values.Whole("firstStep")), values.Whole("firstStep"), values.Whole("factor"))),
        new("wilcoxon", "Gives up a trial that a signed-rank test finds worse than the best, case by case; for means over folds.",
            [new("threshold", 0.1, 0, 1, SettingKind.Number, "The probability below which a trial is given up."), new("startupSteps", 2, 2, Many, SettingKind.Whole, "How many steps to see first.")],
            values => new WilcoxonPruner(values.Number("threshold"), values.Whole("startupSteps"))),
        new("patient", "Gives up a trial that has not become better for a while.", Patience,
            values => new PatientPruner(null, values.Whole("patience"), values.Number("leastGain"))),
    ];

    private static readonly Catalog<IPruner> Entries = new("pruner",
    [
        .. Simple,
        .. Simple.Where(entry => entry.Name is not ("none" or "auto" or "patient")).Select(entry => new CatalogEntry<IPruner>(
            $"patient+{entry.Name}", $"{entry.Meaning} Asked only about trials that have not become better for a while.", [.. Patience, .. entry.Settings],
            values => new PatientPruner(entry.Make(values), values.Whole("patience"), values.Number("leastGain")))),
    ]);

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names => Entries.Names;

    /// <summary>What a pruner can be told; null: there is none of the name.</summary>
    public static IReadOnlyList<Setting>? SettingsOf(string name) => Entries.SettingsOf(name);

    /// <summary>What a pruner does, in a sentence; null: there is none of the name.</summary>
    public static string? MeaningOf(string name) => Entries.MeaningOf(name);

    /// <summary>Makes a pruner.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="settings">What it is told; what is left out has its default.</param>
    /// <param name="errors">Everything that is wrong, by <c>name</c> and <c>settings.NAME</c>.</param>
    /// <returns>Null when there are errors.</returns>
    public static IPruner? Create(string name, IReadOnlyDictionary<string, double> settings, out IReadOnlyList<SpaceError> errors) =>
        Entries.Create(name, settings, out errors);

    /// <summary>Bounds in the wrong order are exchanged: settings are checked one by one.</summary>
    private static ThresholdPruner Threshold(double lower, double upper, PruningSchedule schedule) => new(Math.Min(lower, upper), Math.Max(lower, upper), schedule);

    private static int? FirstOf(int? lastStep) => lastStep is { } last ? Math.Max(1, last / 100) : null;

    private static PruningSchedule ScheduleOf(SettingValues values) => new() { WarmupSteps = values.Whole("warmupSteps"), Interval = values.Whole("interval") };
}
