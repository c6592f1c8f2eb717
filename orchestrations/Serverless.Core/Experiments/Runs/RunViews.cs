using System.Text.Json;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Jobs;
using Serverless.Contracts.Studies;
using Serverless.Core.Jobs;
using Serverless.Core.Studies;

namespace Serverless.Core.Experiments.Runs;

/// <summary>Jobs and studies as runs of their experiment: what went in, what came out.</summary>
public static class RunViews
{
    /// <summary>A job, or a trial's.</summary>
    public static ExperimentRun View(JobRecord job, DateTimeOffset now)
    {
        var cost = JobCosts.Of(job, now);
        return new ExperimentRun
        {
            Kind = job.Trial is null ? RunKind.Job : RunKind.Trial,
            Id = job.Id,
            Name = job.Name,
            StudyId = job.Trial?.StudyId,
            Trial = job.Trial?.Number,
            Status = job.Reason == JobReason.Pruned ? "pruned" : Word(job.Status),
            Message = job.Ended && job.Status != JobStatus.Succeeded ? job.Message : null,
            CreatedAt = job.CreatedAt,
            StartedAt = job.StartedAt,
            EndedAt = job.EndedAt,
            Seconds = job.StartedAt is { } started ? Seconds(started, job.Exit?.At ?? job.EndedAt ?? now) : null,
            Cost = cost?.Amount,
            Currency = cost?.Currency,
            Program = Program(job.Spec.Program),
            Image = job.Machine?.Image ?? job.Spec.Program.Image,
            GitCommit = job.Spec.Program.GitCommit,
            Machine = Machine(job),
            Parameters = Parameters(job),
            Metrics = Metrics(job),
            Inputs = Inputs(job.Spec),
            StartedFrom = job.Origin?.View().JobId,
            Model = job.Model,
            Endpoint = job.Endpoint,
            Checkpoint = job.Checkpoint is { } checkpoint ? FormattableString.Invariant($"{checkpoint.Epoch}/{checkpoint.Sequence}") : null,
        };
    }

    /// <summary>A study: the parameters and the values of its best trial, and from that trial's job its other metrics, the data and the machine.</summary>
    /// <param name="study">The study.</param>
    /// <param name="bestJob">Its best trial's job; null: none, or it was not read.</param>
    /// <param name="now">The time.</param>
    public static ExperimentRun View(StudyRecord study, JobRecord? bestJob, DateTimeOffset now)
    {
        var best = study.Best.Count > 0 ? study.Best[0] : null;
        return new ExperimentRun
        {
            Kind = RunKind.Study,
            Id = study.Id,
            Name = study.Name,
            Trial = best?.Number,
            Trials = study.Trials.Started,
            Status = JsonNamingPolicy.CamelCase.ConvertName(study.Status.ToString()),
            Message = study.Ended && study.Status != StudyStatus.Succeeded ? study.Message : null,
            CreatedAt = study.CreatedAt,
            StartedAt = study.CreatedAt,
            EndedAt = study.EndedAt,
            Seconds = Seconds(study.CreatedAt, study.EndedAt ?? now),
            Cost = study.Cost,
            Currency = study.Currency,
            Program = Program(study.Spec.Job.Program),
            Image = bestJob?.Machine?.Image ?? study.Spec.Job.Program.Image,
            GitCommit = study.Spec.Job.Program.GitCommit,
            Parameters = With(ArgumentReader.Read(study.Spec.Job.Arguments), best?.Parameters),
            Metrics = best is null ? new Dictionary<string, RunMetric>() : Values(study, best, bestJob),
            Machine = bestJob is null ? null : Machine(bestJob),
            Inputs = Inputs(bestJob?.Spec ?? study.Spec.Job),
            Model = study.Model,
            Endpoint = study.Endpoint,
        };
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters(JobRecord job) => With(ArgumentReader.Read(job.Spec.Arguments), job.Trial?.Parameters);

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> With(
        IReadOnlyDictionary<string, IReadOnlyList<string>> arguments, IReadOnlyDictionary<string, Contracts.Values.ScalarValue>? chosen)
    {
        if (chosen is null)
            return arguments;
        var all = new Dictionary<string, IReadOnlyList<string>>(arguments, StringComparer.Ordinal);
        foreach (var (name, value) in chosen)
            all[name] = [ArgumentReader.Cut(SecretWords.Show(name, value.ToString()))];
        return all;
    }

    /// <summary>What the best trial's job reported; of an objective the value that counted, which may be a mean or the best.</summary>
    private static Dictionary<string, RunMetric> Values(StudyRecord study, StudyTrial best, JobRecord? job)
    {
        var metrics = job is null ? [] : Metrics(job);
        foreach (var (objective, value) in study.Spec.Objectives.Zip(best.Values))
            metrics[objective.Metric] = metrics.TryGetValue(objective.Metric, out var reported) ? reported with { Last = value } : new RunMetric(value, value, value);
        return metrics;
    }

    private static Dictionary<string, RunMetric> Metrics(JobRecord job) =>
        job.Metrics.ToDictionary(metric => metric.Key, metric => Metric(metric.Value, job.MetricRanges?.GetValueOrDefault(metric.Key)));

    private static RunMetric Metric(double last, MetricRange? range) => new(last, range?.Min, range?.Max);

    private static Dictionary<string, string> Inputs(JobSpec spec) => spec.Inputs.ToDictionary(input => input.Channel, input => input.Dataset ?? "");

    private static string Program(ProgramSpec program) =>
        program.Algorithm is { } algorithm ? $"algorithm:{algorithm}"
        : program.Command is { Count: > 0 } command ? ArgumentReader.Cut(string.Join(' ', SecretWords.Show(command)))
        : "image";

    private static string? Machine(JobRecord job)
    {
        var (size, gpus) = job.Machine is { } machine ? (machine.Size, machine.Gpus) : (job.Placement?.Size, job.Placement?.Gpus ?? []);
        return size is null || gpus.Count == 0 ? size : $"{size} ({string.Join(", ", gpus.CountBy(gpu => gpu).Select(gpu => FormattableString.Invariant($"{gpu.Value} × {gpu.Key}")))})";
    }

    private static double Seconds(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, (to - from).TotalSeconds);

    private static string Word(JobStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
