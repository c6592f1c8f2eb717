using System.Globalization;
using Serverless.Contracts.Studies.Findings;
using Serverless.Core.Failures;
using Serverless.Core.Studies;
using Serverless.Tuning.Importance;
using Serverless.Tuning.Trials;
using Method = Serverless.Tuning.Importance.ImportanceMethod;
using Pair = Serverless.Contracts.Studies.Findings.PairImportance;
using Parameter = Serverless.Contracts.Studies.Findings.ParameterImportance;
using Reason = Serverless.Tuning.Importance.UnrankedReason;
using Shown = Serverless.Contracts.Studies.Findings.UnrankedReason;
using Wire = Serverless.Contracts.Studies.Findings.ImportanceMethod;

namespace Serverless.Orchestrations.Studies.Findings;

/// <summary>What is said of a study's importance.</summary>
internal static class ImportanceAnswer
{
    /// <summary>Makes the answer.</summary>
    /// <exception cref="ServerlessException"><c>conflict</c>: there are too few trials, or nothing differs.</exception>
    public static StudyImportance Of(StudyRecord study, TrialHistory? history, int objective, ImportanceQuestion question)
    {
        var metric = study.Spec.Objectives[objective].Metric;
        var report = history is null
            ? new ImportanceReport(Read(question.Method), 0) { Shortage = ImportanceShortage.FewTrials }
            : ParameterRanking.Of(history, new ImportanceOptions { Method = Read(question.Method), Objective = objective, Pairs = question.Pairs });
        return report.Shortage switch
        {
            ImportanceShortage.None => Answer(study.Id, metric, report),
            ImportanceShortage.FewTrials => throw Fail.Conflict(
                string.Create(CultureInfo.InvariantCulture, $"The study '{study.Id}' has {report.Trials} complete trials with a finite value of {Core.Names.Shown.Quote(metric)}; importance needs {ImportanceOptions.LeastTrials}."),
                study.Ended ? "Run a study with more trials; it can learn from this one by 'warmStart'." : "Ask again when more trials have ended; those that are pruned or fail do not count."),
            ImportanceShortage.EqualValues => throw Fail.Conflict(
                string.Create(CultureInfo.InvariantCulture, $"All {report.Trials} complete trials of the study '{study.Id}' have the same value of {Core.Names.Shown.Quote(metric)}: no parameter makes a difference."),
                "Look whether the metric is the one that was meant, or vary more."),
            ImportanceShortage.NothingVaries => throw Fail.Conflict(
                $"No parameter of the study '{study.Id}' has two values in its complete trials: there is nothing to compare.", "Ask again when more trials have ended, or vary more."),
            _ => throw new ArgumentOutOfRangeException(nameof(study), report.Shortage, null),
        };
    }

    private static StudyImportance Answer(string study, string metric, ImportanceReport report) => new()
    {
        StudyId = study,
        Objective = metric,
        Method = report.Method == Method.Fanova ? Wire.Fanova : Wire.PedAnova,
        Trials = report.Trials,
        Infinite = report.Infinite,
        MostLearnt = report.MostLearnt,
        Fit = report.Fit,
        Parameters = [.. report.Parameters.Select(parameter => new Parameter(parameter.Name, parameter.Importance, parameter.Value, parameter.Trials) { Spread = parameter.Spread })],
        Pairs = [.. report.Pairs.Select(pair => new Pair(pair.First, pair.Second, pair.Value, pair.Trials))],
        Unranked = [.. report.Unranked.Select(parameter => new Contracts.Studies.Findings.UnrankedParameter(parameter.Name, Say(parameter.Reason), parameter.Trials))],
    };

    private static Method Read(Wire method) => method switch
    {
        Wire.Fanova => Method.Fanova,
        Wire.PedAnova => Method.PedAnova,
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };

    private static Shown Say(Reason reason) => reason switch
    {
        Reason.Constant => Shown.Constant,
        Reason.FewTrials => Shown.FewTrials,
        Reason.SameValue => Shown.SameValue,
        Reason.EqualValues => Shown.EqualValues,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
