using Serverless.Core.Workflows;
using Serverless.Orchestrations.Jobs;

namespace Serverless.Orchestrations.Training;

/// <summary>Ends a job. Twice does no harm: a job that has ended stays as it ended.</summary>
internal sealed class EndActivity(JobEnding ending) : IActivity<JobEnd, Nothing>
{
    public async Task<Nothing> RunAsync(ActivityCall call, JobEnd input, CancellationToken cancel)
    {
        await ending.EndAsync(input.JobId, input.Reason, input.Message, input.Cure, cancel);
        return Nothing.Value;
    }
}
