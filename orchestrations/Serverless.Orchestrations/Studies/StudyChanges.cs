using Serverless.Contracts.Studies;
using Serverless.Core.Failures;
using Serverless.Core.Studies;
using Serverless.Core.Studies.Validation;
using Serverless.Orchestrations.Jobs;

namespace Serverless.Orchestrations.Studies;

/// <summary>Changes a study that runs: its end, its limits. The record is the decision; its workflow is told, and finds it by itself when that is lost.</summary>
public sealed class StudyChanges(StudySet studies, JobNews news)
{
    /// <summary>Asks for a study to stop: its trials are stopped, its best is kept. Asking twice, or for a study that has ended, changes nothing.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>.</exception>
    public Task<StudyRecord> StopAsync(string id, CancellationToken cancel) => ChangeAsync(id, StudyLife.RequestStop, "stop-requested", cancel);

    /// <summary>Changes limits and parallelism.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>; <c>invalid_input</c> with all errors; <c>conflict</c> when it starts no trials any more.</exception>
    public async Task<StudyRecord> ResizeAsync(string id, StudyResize resize, CancellationToken cancel)
    {
        var study = await ChangeAsync(id, study => StudyLife.Resize(study, Check(Limits(study.Spec.Limits, resize))), "resized", cancel);
        return study.Status == StudyStatus.Running
            ? study
            : throw Fail.Conflict($"The study '{id}' starts no trials any more: it is {study.Status.ToString().ToLowerInvariant()}.", study.Ended ? $"Resume it with new limits: 'serverless study resume {id} --trials N'." : "Wait until it has ended, then resume it with new limits.");
    }

    private async Task<StudyRecord> ChangeAsync(string id, Func<StudyRecord, StudyRecord> rule, string what, CancellationToken cancel)
    {
        var after = await studies.UpdateAsync(id, rule, cancel) ?? throw Fail.NotFound("study", id, "List the studies to find its id.");
        if (!after.Ended)
            await news.TellStudyAsync(after.Workflow, what, cancel);
        return after;
    }

    private static StudyLimitSpec Limits(StudyLimitSpec now, StudyResize resize) => now with
    {
        Trials = resize.Trials ?? now.Trials,
        Parallelism = resize.Parallelism ?? now.Parallelism,
        Failures = resize.Failures ?? now.Failures,
        Seconds = resize.Seconds ?? now.Seconds,
        MaxCost = resize.MaxCost ?? now.MaxCost,
    };

    private static StudyLimitSpec Check(StudyLimitSpec limits) =>
        StudyValidation.Check(limits) is { Count: > 0 } errors ? throw Fail.Invalid(errors) : limits;
}
