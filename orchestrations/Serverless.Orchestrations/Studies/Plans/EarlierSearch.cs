using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Datasets;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Datasets;
using Serverless.Orchestrations.Studies.Searches;
using Serverless.Tuning.Trials;
using Search = Serverless.Tuning.Studies.Study;
using TrialEnd = Serverless.Tuning.Trials.TrialStatus;

namespace Serverless.Orchestrations.Studies.Plans;

/// <summary>Finds earlier trials and jobs of a study's program among the newest jobs: one query, then the data sets and the searches that they name, each once.</summary>
internal sealed class EarlierSearch(JobSet jobs, StudySet studies, SearchArchive archive, DatasetLookup datasets, PlanOptions options)
{
    /// <summary>The most earlier studies whose curves are read.</summary>
    private const int MostStudies = 3;

    /// <summary>The fewest curves that say how trials learn: fewer know neither good ones nor bad ones.</summary>
    private const int LeastCurves = 8;

    private static readonly JobReason[] Faults = [JobReason.ProgramFailed, JobReason.OutOfMemory, JobReason.TimeLimit, JobReason.CostLimit, JobReason.DiskFull, JobReason.ModelMissing];

    /// <summary>Finds them; null: there are none.</summary>
    public async Task<EarlierTrials?> FindAsync(StudySpec spec, JobPlacement placement, CancellationToken cancel)
    {
        var (ended, _) = await jobs.QueryAsync(new Dictionary<string, string> { ["active"] = "no" }, null, options.MostJobs, null, cancel);
        var likes = new JobLikeness(spec);
        var alike = ended.Where(job => likes.IsSameProgram(job.Spec)).ToList();
        var good = alike.Where(job => job is { Status: JobStatus.Succeeded, Epoch: 1 } && Seconds(job) > 0).ToList();
        if (good.Count == 0)
            return null;

        var sizes = new Dictionary<string, long?>(StringComparer.Ordinal);
        var own = await SizeAsync(spec.Job.Inputs, sizes, cancel);
        var seen = new List<(JobRecord Job, double Scale, string Differs)>();
        foreach (var job in good)
        {
            var size = await SizeAsync(job.Spec.Inputs, sizes, cancel);
            var scale = own > 0 && size > 0 ? (double)own / size.Value : 1;
            seen.Add((job, scale, Differs(job, scale, likes, placement)));
        }

        var same = seen.Where(one => one.Differs.Length == 0).ToList();
        var taken = (same.Count > 0 ? same : seen).Take(options.MostSeen).ToList();
        var since = taken[^1].Job.CreatedAt;
        return new EarlierTrials([.. taken.Select(one => new EarlierTrial(Seconds(one.Job) * one.Scale, AtOnce(one.Job, ended)))], same.Count > 0)
        {
            Failed = alike.Count(job => job.Status == JobStatus.Failed && Faults.Contains(job.Reason) && job.CreatedAt >= since && (same.Count == 0 || likes.HasSameArguments(job.Spec))),
            Steps = Steps(taken.Select(one => one.Job)),
            Trials = taken.Count(one => one.Job.Trial is not null),
            Differences = same.Count > 0 ? "" : taken[0].Differs,
            Curves = same.Count > 0 && spec.Objectives.Count == 1 ? await CurvesAsync(spec.Objectives[0], taken.Select(one => one.Job.Trial?.StudyId), cancel) : [],
        };
    }

    private static string Differs(JobRecord job, double scale, JobLikeness likes, JobPlacement placement)
    {
        var differences = new List<string>();
        if (!likes.HasSameArguments(job.Spec))
            differences.Add("other arguments");
        if (Math.Abs(scale - 1) > 0.01)
            differences.Add(FormattableString.Invariant($"data {1 / scale:0.##} times as large, by which their time is divided"));
        if (job.Machine is { } machine && machine.Size != placement.Size)
            differences.Add($"another machine ({machine.Size})");
        return string.Join(", ", differences);
    }

    /// <summary>From claim to end. One that lost a machine says little of a whole attempt.</summary>
    private static double Seconds(JobRecord job) => job.EndedAt is { } end ? JobCosts.Of(job, end)?.Seconds ?? 0 : 0;

    /// <summary>How many jobs of its pool ran while a job did, on average.</summary>
    private static double AtOnce(JobRecord job, IReadOnlyList<JobRecord> all)
    {
        var (since, end) = Span(job);
        double Shared(JobRecord other) => other.Pool == job.Pool && Span(other) is var (from, to) ? Math.Max(0, ((to < end ? to : end) - (from > since ? from : since)).TotalSeconds) : 0;
        return Shared(job) is var own and > 0 ? all.Sum(Shared) / own : 1;
    }

    /// <summary>When it had its machine; one that lost a machine had it in parts.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) Span(JobRecord job) => ((job.EndedAt ?? job.CreatedAt) - TimeSpan.FromSeconds(Seconds(job)), job.EndedAt ?? job.CreatedAt);

    /// <summary>How often the usual one of them reported each metric.</summary>
    private static int Steps(IEnumerable<JobRecord> jobs)
    {
        var steps = jobs.Where(job => job.Metrics.Count > 0).Select(job => (int)Math.Min(int.MaxValue, job.Points / job.Metrics.Count)).Order().ToList();
        return steps.Count > 0 && steps[steps.Count / 2] is var usual and > 1 ? usual : 0;
    }

    /// <summary>The bytes of the inputs together; null when one is not there.</summary>
    private async Task<long?> SizeAsync(IReadOnlyList<InputSpec> inputs, Dictionary<string, long?> sizes, CancellationToken cancel)
    {
        long? sum = 0;
        foreach (var name in inputs.Select(input => input.Dataset ?? ""))
        {
            if (!sizes.TryGetValue(name, out var size))
                sizes[name] = size = await SizeAsync(name, cancel);
            sum += size;
        }

        return sum;
    }

    private async Task<long?> SizeAsync(string name, CancellationToken cancel)
    {
        try
        {
            return (await datasets.RequireAsync(DatasetRef.Parse(name), cancel)).SizeBytes;
        }
        catch (ServerlessException)
        {
            return null; // deleted since, or not there yet: the study itself will say so
        }
    }

    private async Task<IReadOnlyList<double[]>> CurvesAsync(ObjectiveSpec objective, IEnumerable<string?> studyIds, CancellationToken cancel)
    {
        var curves = new List<double[]>();
        foreach (var id in studyIds.OfType<string>().Distinct().Take(MostStudies))
        {
            if (await studies.FindAsync(id, cancel) is not { Search: { } place })
                continue;
            var history = Search.HistoryOf(await archive.ReadAsync(place, cancel));
            var index = history.Objectives.ToList().FindIndex(one => one.Name == objective.Metric && one.Direction == (objective.Direction == ObjectiveDirection.Maximize ? Direction.Maximize : Direction.Minimize));
            if (index < 0)
                continue;
            curves.AddRange(history.Trials.Where(trial => trial.Status == TrialEnd.Complete && trial.Curves[index].Count > 1)
                .Select(trial => trial.Curves[index].Values.Select(value => history.Objectives[index].Loss(value)).ToArray()));
        }

        return curves.Count >= LeastCurves ? [.. curves.Take(options.MostSeen)] : [];
    }
}
