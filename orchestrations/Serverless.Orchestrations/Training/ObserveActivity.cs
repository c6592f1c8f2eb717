using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Training;

/// <summary>Looks at a job and does what is due. Twice does no harm: see <see cref="JobObserver.SeeAsync"/>.</summary>
internal sealed class ObserveActivity(JobObserver observer) : IActivity<ObserveInput, JobSeen>
{
    public Task<JobSeen> RunAsync(ActivityCall call, ObserveInput input, CancellationToken cancel) => observer.SeeAsync(input.JobId, input.Seen, cancel);
}
