using Serverless.Contracts.Jobs;

namespace Serverless.Client.Jobs;

/// <summary>A job that was submitted.</summary>
public sealed class JobHandle
{
    private readonly JobsClient jobs;

    internal JobHandle(JobsClient jobs, Job submitted)
    {
        this.jobs = jobs;
        Submitted = submitted;
    }

    /// <summary>The job's id.</summary>
    public string Id => Submitted.Id;

    /// <summary>The job as it was when it was submitted.</summary>
    public Job Submitted { get; }

    /// <summary>The job as it is now.</summary>
    public Task<Job> GetAsync(CancellationToken cancel = default) => jobs.GetAsync(Id, cancel);

    /// <summary>Waits until the job has ended, well or not: look at its status.</summary>
    public Task<Job> WaitAsync(CancellationToken cancel = default) => jobs.WaitAsync(Id, cancel);

    /// <summary>The job each time that something about it has changed, until it has ended.</summary>
    public IAsyncEnumerable<Job> WatchAsync(CancellationToken cancel = default) => jobs.WatchAsync(Id, cancel);

    /// <summary>The lines of its output as they come, until it has ended.</summary>
    public IAsyncEnumerable<LogLine> LogAsync(CancellationToken cancel = default) => jobs.LogAsync(Id, follow: true, cancel: cancel);

    /// <summary>Its metric points as they come, until it has ended.</summary>
    public IAsyncEnumerable<MetricPoint> MetricsAsync(CancellationToken cancel = default) => jobs.MetricsAsync(Id, follow: true, cancel);

    /// <summary>Asks for it to stop.</summary>
    public Task<Job> StopAsync(CancellationToken cancel = default) => jobs.StopAsync(Id, cancel);
}
