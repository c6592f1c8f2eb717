using Serverless.Core.Jobs;

namespace Serverless.Api.Jobs;

/// <summary>Waits for something new of a job, for calls that may wait.</summary>
internal sealed class JobNewsWait(JobSet jobs, TimeProvider clock, Microsoft.Extensions.Hosting.IHostApplicationLifetime lifetime)
{
    /// <summary>How often is looked: soon enough to be live for people, seldom enough to cost nothing.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks until there is something, the job has ended, the wait is over, or the host stops.</summary>
    /// <param name="job">The job as it was read.</param>
    /// <param name="wait">How long.</param>
    /// <param name="look">Looks: what is there, and whether it is something.</param>
    /// <param name="cancel">Breaks off.</param>
    /// <returns>What was found last, and whether the job had ended before it was looked for: then nothing more will come.</returns>
    public async Task<(T Found, bool Ended)> ForAsync<T>(JobRecord job, TimeSpan wait, Func<JobRecord, Task<(T Found, bool IsNew)>> look, CancellationToken cancel)
    {
        var until = clock.GetUtcNow() + wait;
        while (true)
        {
            var (found, isNew) = await look(job);
            if (isNew || job.Ended || clock.GetUtcNow() >= until || lifetime.ApplicationStopping.IsCancellationRequested)
                return (found, job.Ended);
            await Task.Delay(Step, clock, cancel);
            job = await jobs.FindAsync(job.Id, cancel) ?? job;
        }
    }
}
