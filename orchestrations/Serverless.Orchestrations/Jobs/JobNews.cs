using System.Globalization;
using Serverless.Contracts.Jobs;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Jobs;
using Serverless.Core.Names;
using Serverless.Core.Workflows;

namespace Serverless.Orchestrations.Jobs;

/// <summary>Tells a job's workflow what it should look at. Only what it decides on: a claim, an exit, a request to stop, a changed budget; so a history does not grow with every metric.</summary>
/// <param name="workflows">Where the workflow runs.</param>
/// <param name="doorbell">Where news is queued, if it is.</param>
/// <param name="options">Which way it goes.</param>
public sealed class JobNews(IWorkflowClient workflows, IDoorbell? doorbell = null, JobNewsOptions? options = null)
{
    private const int MaxWhat = 40;

    /// <summary>Raises <see cref="JobEvents.Changed"/> when there is news between two states of a job. Losing it does no harm: the workflow's own timer finds the same later.</summary>
    public async Task TellAsync(JobRecord before, JobRecord after, CancellationToken cancel)
    {
        if (What(before, after) is { } what)
            await TellAsync(after, what, cancel);
    }

    /// <summary>Lets a job be looked at for a reason that does not stand in its record.</summary>
    /// <param name="job">The job.</param>
    /// <param name="what">The reason, at most 40 characters without a slash.</param>
    /// <param name="cancel">Breaks off.</param>
    internal Task TellAsync(JobRecord job, string what, CancellationToken cancel) => TellAsync(job.Id, job.Epoch, what, cancel);

    /// <summary>Lets a study be looked at. Its workflow waits for the same event as a job's.</summary>
    /// <param name="workflow">The instance that drives the study.</param>
    /// <param name="what">The reason, at most 40 characters without a slash.</param>
    /// <param name="cancel">Breaks off.</param>
    internal Task TellStudyAsync(string workflow, string what, CancellationToken cancel) => TellAsync(workflow, 0, what, cancel);

    private async Task TellAsync(string workflow, int epoch, string what, CancellationToken cancel)
    {
        if (doorbell is not null && options is { ByDoorbell: true })
            await doorbell.RingAsync(Queues.JobEvents, string.Create(CultureInfo.InvariantCulture, $"{workflow}/{epoch}/{what}"), new RingOptions { OrderKey = workflow }, cancel);
        else
            await workflows.RaiseAsync(workflow, JobEvents.Changed, new JobChanged(what, epoch), cancel);
    }

    /// <summary>Answers a ring of <see cref="Queues.JobEvents"/>. Twice does no harm: the workflow looks twice.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c> when the ring is none of ours.</exception>
    public Task AnswerAsync(string ring, CancellationToken cancel) =>
        ring.Split('/') is [{ Length: > 0 } job, var epoch, { Length: > 0 and <= MaxWhat } what] && int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? workflows.RaiseAsync(job, JobEvents.Changed, new JobChanged(what, number), cancel)
            : throw Fail.Invalid("ring", $"The ring {Shown.Quote(ring)} is not of the form job/epoch/what.", "Only this product may send to the queue of job events.");

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
