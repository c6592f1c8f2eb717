using System.Globalization;
using Serverless.Contracts.Jobs;
using Serverless.Core.Names;
using Serverless.Core.Studies;
using Serverless.Orchestrations.Submissions;

namespace Serverless.Orchestrations.Studies.Trials;

/// <summary>The jobs of a study's trials. A trial's job has an id made from the study's and the trial's number, so that there is one however often it is submitted.</summary>
internal sealed class TrialJobs(JobSubmission submission)
{
    /// <summary>The id of a trial's job; one that is run again has another.</summary>
    public static string IdOf(string studyId, int trial, int repeats = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"job-{studyId[(studyId.IndexOf('-', StringComparison.Ordinal) + 1)..]}-{trial}{(repeats == 0 ? "" : $"-r{repeats}")}");

    /// <summary>Where a trial's job says that it comes from.</summary>
    public static string SourceOf(string studyId) => $"study:{studyId}";

    /// <summary>Records a trial's job unless it is recorded, and starts its workflow.</summary>
    public async Task SubmitAsync(StudyRecord study, TrialRun run, CancellationToken cancel) =>
        await submission.EnsureAsync(
            submission.Draft(SpecOf(study, run), SourceOf(study.Id), run.JobId) with
            {
                Trial = new JobTrial(study.Id, run.Number, run.Parameters),
                TraceParent = study.TraceParent,
            },
            cancel);

    /// <summary>The study's job with the trial's arguments. What becomes of a model is decided once, with the best trial's.</summary>
    private static JobSpec SpecOf(StudyRecord study, TrialRun run) => study.Spec.Job with
    {
        Name = NameOf(study.Name, run.Number),
        Arguments = TrialArguments.Of(study.Spec.Job.Arguments, study.Spec.Space, run.Parameters, run.Turn),
        CheckpointFrom = run.ParentJobId ?? study.Spec.Job.CheckpointFrom,
        Model = null,
        Experiment = study.Spec.Experiment,
    };

    private static string NameOf(string study, int trial)
    {
        var tail = string.Create(CultureInfo.InvariantCulture, $" #{trial}");
        return study[..Math.Min(study.Length, NameRules.MaxLength - tail.Length)] + tail;
    }
}
