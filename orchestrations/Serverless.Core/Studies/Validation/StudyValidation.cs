using System.Globalization;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Studies;
using Serverless.Core.Jobs.Validation;
using Serverless.Core.Names;

namespace Serverless.Core.Studies.Validation;

/// <summary>Whether a study can be asked for at all, but for its space and its tuners, which the search itself checks.</summary>
public static class StudyValidation
{
    /// <summary>The setting of a pruner that <see cref="StudySpec.LastStep"/> gives.</summary>
    public const string LastStepSetting = "lastStep";

    /// <summary>Everything that is wrong with a study, at once.</summary>
    public static IReadOnlyList<FieldError> Check(StudySpec spec)
    {
        var errors = new FieldErrors("");
        if (spec.Name is { } name)
            errors.AddRange(NameRules.CheckDisplay(name, "name"));
        if (spec.Experiment is { } experiment)
            errors.AddRange(NameRules.Check(experiment, "experiment", "experiment"));
        if (spec.Job.Experiment is { } ofJob)
            errors.Add("job.experiment", $"The study's job names the experiment {Shown.Quote(ofJob)}; trials belong to the experiment of their study.", "Write 'experiment' beside 'job', and not in it.");
        errors.AddRange(JobValidation.Check(spec.Job with { Experiment = null }, "job"));
        Objectives(spec, errors);
        Limits(spec.Limits, errors);
        errors.Count("space.parameters", spec.Space.Parameters.Count, StudyBounds.Parameters, "parameters");
        errors.Count("space.forbidden", spec.Space.Forbidden.Count, StudyBounds.Conditions, "forbidden combinations");
        errors.Count("try", spec.Try.Count, StudyBounds.Tries, "points to try first");
        errors.Count("warmStart", spec.WarmStart.Count, StudyBounds.WarmStarts, "earlier studies");
        errors.Count("sampler.settings", spec.Sampler.Settings.Count, StudyBounds.Settings, "settings");
        errors.Count("pruner.settings", spec.Pruner.Settings.Count, StudyBounds.Settings, "settings");
        if (spec.LastStep is { } last)
            errors.Range("lastStep", last, 1, StudyBounds.LastStep, "steps");
        if (spec.LastStep is not null && spec.Pruner.Settings.ContainsKey(LastStepSetting))
            errors.Add("lastStep", "The last step of a trial is said twice: here and in the pruner's settings.", $"Leave 'pruner.settings.{LastStepSetting}' out.");
        if (spec.Objectives.Count > 1 && spec.Limits.Target is not null)
            errors.Add("limits.target", "A target needs one objective.", "Leave the target out, or name one objective.");
        if (spec.Objectives.Count > 1 && spec.Pruner.Name != "none")
            errors.Add("pruner", "Trials with several objectives are not given up while they run.", "Leave the pruner out, or name one objective.");
        return errors.All;
    }

    /// <summary>Everything that is wrong with limits, at once.</summary>
    public static IReadOnlyList<FieldError> Check(StudyLimitSpec limits)
    {
        var errors = new FieldErrors("");
        Limits(limits, errors);
        return errors.All;
    }

    private static void Objectives(StudySpec spec, FieldErrors errors)
    {
        if (spec.Objectives.Count == 0)
            errors.Add("objectives", "The study names no objective.", "Name at least one metric of the job.");
        if (!errors.Count("objectives", spec.Objectives.Count, StudyBounds.Objectives, "objectives"))
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Objectives.Count; i++)
        {
            var objective = spec.Objectives[i];
            var at = string.Create(CultureInfo.InvariantCulture, $"objectives[{i}]");
            if (objective.Metric.Length is 0 or > 128)
                errors.Add($"{at}.metric", $"The metric's name {Shown.Quote(objective.Metric)} has {objective.Metric.Length} characters; 1 to 128 are allowed.", "Name a metric that the job reports.");
            if (!seen.Add(objective.Metric))
                errors.Add($"{at}.metric", $"The metric {Shown.Quote(objective.Metric)} is an objective twice.", "Name each metric once.");
            errors.Range($"{at}.meanOf", objective.MeanOf, 1, StudyBounds.MeanOf, "values");
        }
    }

    private static void Limits(StudyLimitSpec limits, FieldErrors errors)
    {
        errors.Range("limits.trials", limits.Trials, 1, StudyBounds.Trials, "trials");
        errors.Range("limits.parallelism", limits.Parallelism, 1, StudyBounds.Parallelism, "trials at once");
        errors.Range("limits.failures", limits.Failures, 1, StudyBounds.Trials, "failed trials");
        if (limits.Seconds is { } seconds && !(seconds is >= 1 and <= 31_536_000))
            errors.Add("limits.seconds", FormattableString.Invariant($"{seconds} seconds are outside 1 to 31536000."), "Give 1 to 31536000 (a year), or leave it out.");
        if (limits.MaxCost is <= 0 or > JobLimits.MaxCost)
            errors.Add("limits.maxCost", FormattableString.Invariant($"The cost {limits.MaxCost} is outside 0 to {JobLimits.MaxCost}."), "Give an amount above 0, in the currency of the machine's price.");
        if (limits.Target is { } target && !double.IsFinite(target))
            errors.Add("limits.target", "The target is not a finite number.", "Give a number, or leave it out.");
    }
}
