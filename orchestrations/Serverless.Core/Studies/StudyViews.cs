using Serverless.Contracts.Studies;

namespace Serverless.Core.Studies;

/// <summary>How a stored study is shown.</summary>
public static class StudyViews
{
    /// <summary>The study as the API shows it.</summary>
    public static Study View(StudyRecord study) => new()
    {
        Id = study.Id,
        Name = study.Name,
        Status = study.Status,
        StopReason = study.StopReason,
        Message = study.Message,
        Cure = study.Cure,
        Spec = study.Spec,
        Trials = study.Trials,
        Best = study.Best,
        RunningTrials = [.. study.Running.Select(run => run.Number)],
        Cost = study.Cost,
        Currency = study.Currency,
        CreatedAt = study.CreatedAt,
        Run = study.Run,
        ResumedAt = study.ResumedAt,
        EarlierSeconds = study.EarlierSeconds,
        EndedAt = study.EndedAt,
        Model = study.Model,
        Endpoint = study.Endpoint,
    };
}
