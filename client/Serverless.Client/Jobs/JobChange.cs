using Serverless.Contracts.Jobs;

namespace Serverless.Client.Jobs;

/// <summary>What of a job a person would call a change: not its running cost.</summary>
internal sealed record JobChange(JobStatus Status, JobReason Reason, int Attempt, string? Message, string? Model, string? Endpoint, string Metrics)
{
    public static JobChange Of(Job job) => new(job.Status, job.Reason, job.Attempt, job.Message, job.Model, job.Endpoint,
        string.Join(';', job.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Select(metric => FormattableString.Invariant($"{metric.Key}={metric.Value:R}"))));
}
