using System.Globalization;
using Serverless.Contracts.Studies;
using Serverless.Core.Studies;
using Serverless.Tuning.Studies;
using Serverless.Tuning.Trials;
using Search = Serverless.Tuning.Studies.Study;

namespace Serverless.Orchestrations.Studies;

/// <summary>Which limits keep a study that is to be resumed from doing anything. Pure.</summary>
internal static class ReachedLimits
{
    /// <summary>All of them, in words, each with the option that raises it, if one does; none: it goes on.</summary>
    /// <param name="study">The study as it ended.</param>
    /// <param name="limits">The limits that it is to have.</param>
    /// <param name="search">Its search with these limits, the trials that run again running.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<(string Words, string? Cure)> Words(StudyRecord study, StudyLimitSpec limits, Search search, DateTimeOffset now)
    {
        var reached = new List<(string, string?)>();
        var own = search.History.Trials.Where(trial => trial.Origin != TrialOrigin.Imported).ToList();
        var failed = own.Count(trial => trial is { Status: Tuning.Trials.TrialStatus.Failed, Cut: false });
        var waits = search.History.Running > 0;
        if (own.Count >= limits.Trials && !waits)
            Add($"it has started {own.Count} trials, and limits.trials is {limits.Trials}", $"--trials {own.Count * 2}");
        if (failed >= limits.Failures)
            Add($"{failed} trials failed, and limits.failures is {limits.Failures}", $"--failures {failed * 2}");
        if (limits.Seconds is { } seconds && study.Elapsed(now).TotalSeconds >= seconds)
            Add($"it ran {study.Elapsed(now).TotalSeconds:0} s, and limits.seconds is {seconds:0.###}", $"--max-hours {Math.Ceiling(study.Elapsed(now).TotalHours * 20) / 10:0.#}");
        if (limits.MaxCost is { } most && study.Cost >= most)
            Add($"it has cost {study.Cost:0.####} {study.Currency}, and limits.maxCost is {most:0.####}", $"--max-cost {Math.Ceiling(study.Cost * 200) / 100:0.##}");
        if (search.Stopped == StopReason.Target)
            Add($"a trial has reached limits.target, {limits.Target:R}", "--target VALUE");
        if (search.Stopped == StopReason.Exhausted && !waits)
            Add($"its sampler has tried all that there is", null);
        return reached;

        void Add(FormattableString words, string? cure) => reached.Add((words.ToString(CultureInfo.InvariantCulture), cure));
    }
}
