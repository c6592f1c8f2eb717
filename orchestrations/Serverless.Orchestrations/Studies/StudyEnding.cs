using Serverless.Contracts.Studies;
using Serverless.Core.Studies;
using Serverless.Core.Jobs;
using Serverless.Orchestrations.Jobs;
using Serverless.Orchestrations.Studies.Searches;

namespace Serverless.Orchestrations.Studies;

/// <summary>Ends studies, and stops what they left running.</summary>
internal sealed class StudyEnding(StudySet studies, JobSet jobs, JobStopping stopping, SearchArchive archive, TimeProvider clock)
{
    /// <summary>Ends one. One that has ended stays as it is.</summary>
    public async Task EndAsync(StudyEnd end, CancellationToken cancel)
    {
        var after = await studies.UpdateAsync(end.StudyId, study => study.Run == end.Run ? Ended(study, end) : study, cancel);
        if (after is null || after.Run != end.Run)
            return;
        foreach (var run in after.Running)
        {
            if (await jobs.FindAsync(run.JobId, cancel) is { Ended: false })
                await stopping.StopAsync(run.JobId, cancel);
        }

        await archive.TidyAsync(after, cancel);
    }

    private StudyRecord Ended(StudyRecord study, StudyEnd end)
    {
        var (status, message, cure) = Verdict(study, end);
        return StudyLife.End(study, status, message, cure, end.Endpoint, clock.GetUtcNow());
    }

    private static (StudyStatus Status, string? Message, string? Cure) Verdict(StudyRecord study, StudyEnd end)
    {
        if (end.Failure is { } failure)
            return (StudyStatus.Failed, failure, end.Cure);
        if (study.StopReason == StudyStopReason.Requested)
            return (StudyStatus.Stopped, "Somebody asked for the study to stop.", null);
        var last = study.LastFailure is { } words ? $" The last one: {words}" : "";
        if (study.StopReason == StudyStopReason.Failures)
            return (StudyStatus.Failed, $"{study.Trials.Failed} trials failed, as many as limits.failures allows.{last}", "Mend the program, or raise limits.failures.");
        return study.Best.Count == 0
            ? (StudyStatus.Failed, $"None of {study.Trials.Started} trials has a value of every objective.{last}", "Check that the job reports the metrics that the objectives name ('serverless job metrics JOB').")
            : (StudyStatus.Succeeded, null, null);
    }
}
