using Serverless.Contracts.Studies.Plans;
using Serverless.Tuning.Planning;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>How long a trial is taken to run, and from what: what was said first, then earlier trials, else a time that is named. Pure.</summary>
/// <param name="Times">The times.</param>
/// <param name="Source">How they are known.</param>
/// <param name="From">That in words.</param>
internal sealed record TrialEstimate(TrialTimes Times, PlanSource Source, string From)
{
    /// <summary>A machine is not as fast today as it was, and a search goes where trials take another time.</summary>
    private const double UsualDoubt = 0.1;

    /// <summary>Other arguments, other data, another machine: how much that matters is not known.</summary>
    private const double AlikeDoubt = 0.35;

    /// <summary>A host does other things too, at one time more than at another.</summary>
    private const double HostDoubt = 0.2;

    /// <summary>What one time that was seen may be off by.</summary>
    private const double FewDoubt = 0.3;

    /// <summary>How often a trial reports; 0: not known.</summary>
    public int Steps { get; init; }

    /// <summary>The part that fails.</summary>
    public double FailureRate { get; init; }

    /// <summary>From how many earlier ones it follows.</summary>
    public int Seen { get; init; }

    /// <summary>The estimate.</summary>
    /// <param name="request">What was said.</param>
    /// <param name="earlier">What is known.</param>
    /// <param name="atOnce">How many trials share one machine's processors, as they do on a local host; null: each has a machine of its own.</param>
    /// <param name="options">What is assumed where nothing is known.</param>
    public static TrialEstimate Of(StudyPlanRequest request, EarlierTrials? earlier, int? atOnce, PlanOptions options)
    {
        var estimate = Said(request) ?? (earlier is null ? Unknown(options) : OfEarlier(earlier, atOnce));
        return estimate with { Steps = request.Steps ?? earlier?.Steps ?? 0, FailureRate = request.FailureRate ?? earlier?.FailureRate ?? 0 };
    }

    /// <summary>The times that a tenth, half and nine tenths of trials stay below.</summary>
    public PlanRange Range()
    {
        if (Times.Seen.Count > 0)
            return PlanViews.Range(Spread.Of(Times.Seen));
        var width = Math.Exp(TrialTimes.Tail * Math.Sqrt(Times.Spread * Times.Spread + Times.Doubt * Times.Doubt));
        return new PlanRange(Times.MedianSeconds / width, Times.MedianSeconds, Times.MedianSeconds * width);
    }

    private static TrialEstimate? Said(StudyPlanRequest request)
    {
        if (request is { StepSeconds: { } step, Steps: { } steps })
            return new TrialEstimate(new TrialTimes(step * steps) { Spread = 0.1, Doubt = UsualDoubt }, PlanSource.Said, FormattableString.Invariant($"as said: {steps} steps of {step} s"));
        if (request.TrialSeconds is not { } seconds)
            return null;
        return request.TrialSecondsTo is { } to && to > seconds
            ? new TrialEstimate(TrialTimes.Between(seconds, to) with { Doubt = UsualDoubt }, PlanSource.Said, FormattableString.Invariant($"as said: eight trials of ten take {seconds} to {to} s"))
            : new TrialEstimate(new TrialTimes(seconds) { Doubt = UsualDoubt }, PlanSource.Said, FormattableString.Invariant($"as said: {seconds} s"));
    }

    private static TrialEstimate OfEarlier(EarlierTrials earlier, int? atOnce)
    {
        var (taken, slower) = Sharing(earlier.Whole, atOnce);
        var what = Count(taken.Count, earlier.Trials == earlier.Whole.Count ? "earlier trial" : "earlier job");
        var usual = !earlier.IsSame ? AlikeDoubt : atOnce is null ? UsualDoubt : HostDoubt;

        // Programs that use one processor each are not slowed while there are enough, programs that use all are slowed in full: between the two, and both within the range.
        var shared = Math.Log(slower) / 2;
        var times = TrialTimes.Of([.. taken.Select(one => one.Seconds)], Math.Exp(shared)) with
        {
            Doubt = Math.Sqrt(usual * usual + FewDoubt * FewDoubt / taken.Count + shared * shared / (TrialTimes.Tail * TrialTimes.Tail)),
        };
        var from = earlier.IsSame ? $"by {what} of the program with the same arguments, data and machine" : $"by {what} of the program, with differences ({earlier.Differences})";
        if (slower != 1)
            from += FormattableString.Invariant($", of which about {taken[0].AtOnce:0} ran at once: {Math.Exp(shared):0.00} times as long with {atOnce} at once, somewhere between 1 and {slower:0.##}");
        return new TrialEstimate(times, earlier.IsSame ? PlanSource.Earlier : PlanSource.Similar, from) { Seen = taken.Count };
    }

    /// <summary>Those that shared their machine as the study's trials will; without three of them the largest group that shared it otherwise, and how much more crowded it will be.</summary>
    private static (IReadOnlyList<EarlierTrial> Taken, double Slower) Sharing(IReadOnlyList<EarlierTrial> whole, int? atOnce)
    {
        if (atOnce is not { } crowd)
            return (whole, 1);
        var groups = whole.GroupBy(one => (int)Math.Max(1, Math.Round(one.AtOnce))).OrderByDescending(group => group.Count()).ToList();
        var taken = groups.Find(group => group.Key == crowd && group.Count() >= 3) ?? groups[0];
        return ([.. taken], (double)crowd / taken.Key);
    }

    private static TrialEstimate Unknown(PlanOptions options) => new(
        new TrialTimes(options.UnknownSeconds) { Spread = 0.4, Doubt = 0.7 },
        PlanSource.Unknown,
        FormattableString.Invariant($"not known, and taken to be about {options.UnknownSeconds} s"));

    private static string Count(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
