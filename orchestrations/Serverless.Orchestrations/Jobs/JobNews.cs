using Serverless.Contracts.Jobs;
using Serverless.Core.Jobs;
using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Jobs;

/// <summary>Tells a job's workflow what it should look at. Only what it decides on: a claim, an exit, a request to stop; so a history does not grow with every metric.</summary>
/// <param name="workflows">Where the workflow runs.</param>
public sealed class JobNews(IWorkflowClient workflows)
{
    /// <summary>Raises <see cref="JobEvents.Changed"/> when there is news between two states of a job. Losing it does no harm: the workflow's own timer finds the same later.</summary>
    public async Task TellAsync(JobRecord before, JobRecord after, CancellationToken cancel)
    {
        if (What(before, after) is { } what)
            await workflows.RaiseAsync(after.Id, JobEvents.Changed, new JobChanged(what, after.Epoch), cancel);
    }

    /// <summary>The news between two states; null when there is none.</summary>
    internal static string? What(JobRecord before, JobRecord after)
    {
        // Also for a repeated report: the host may have gone down between writing the exit and telling it.
        if (after is { Exit: not null, Status: JobStatus.Starting or JobStatus.Running })
            return "exited";
        if (after.Epoch > before.Epoch)
            return "claimed";
        return after.StopRequested && !before.StopRequested ? "stop-requested" : null;
    }
}
