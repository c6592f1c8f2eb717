using Serverless.Contracts.Studies;

namespace Serverless.Core.Studies;

/// <summary>
/// Every change in a study's life, as functions from record to record. The same instance back means that nothing changes. Who calls writes the result
/// under the ETag that the input was read with.
/// </summary>
public static class StudyLife
{
    /// <summary>Somebody asks for it to stop: its trials are stopped, and its best is kept.</summary>
    public static StudyRecord RequestStop(StudyRecord study) => study.Ended || study.StopRequested ? study : study with { StopRequested = true };

    /// <summary>Its limits change. One that starts no further trials keeps its own.</summary>
    public static StudyRecord Resize(StudyRecord study, StudyLimitSpec limits) =>
        study.Status != StudyStatus.Running || study.Spec.Limits == limits ? study : study with { Spec = study.Spec with { Limits = limits } };

    /// <summary>One that has ended goes on: a new run with what it has found, its trials, and new limits.</summary>
    /// <param name="study">The study.</param>
    /// <param name="limits">The limits from now on.</param>
    /// <param name="key">The key of the request; null: none.</param>
    /// <param name="now">The time.</param>
    public static StudyRecord Resume(StudyRecord study, StudyLimitSpec limits, string? key, DateTimeOffset now) =>
        !study.Ended
            ? study
            : study with
            {
                Spec = study.Spec with { Limits = limits },
                Run = study.Run + 1,
                ResumedAt = now,
                EarlierSeconds = study.Elapsed(now).TotalSeconds,
                ResumeKey = key,
                Status = StudyStatus.Running,
                StopReason = StudyStopReason.None,
                StopRequested = false,
                Message = null,
                Cure = null,
                LastFailure = null,
                EndedAt = null,
                Model = null,
                Endpoint = null,
            };

    /// <summary>No trial runs and none will: what is left is its best.</summary>
    public static StudyRecord Finish(StudyRecord study, StudyStopReason reason) =>
        study.Status != StudyStatus.Running ? study : study with { Status = StudyStatus.Finishing, StopReason = reason };

    /// <summary>Its best trial made a model version. The first one said stays.</summary>
    public static StudyRecord Made(StudyRecord study, string model) => study.Ended || study.Model is not null ? study : study with { Model = model };

    /// <summary>It ends. One that has ended stays as it is.</summary>
    public static StudyRecord End(StudyRecord study, StudyStatus status, string? message, string? cure, string? endpoint, DateTimeOffset now) =>
        study.Ended
            ? study
            : study with
            {
                Status = status,
                StopReason = study.StopReason == StudyStopReason.None ? StudyStopReason.Internal : study.StopReason,
                Message = message,
                Cure = cure,
                Endpoint = endpoint,
                EndedAt = now,
            };
}
