using System.Runtime.CompilerServices;
using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Studies.Plans;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Studies;

/// <summary>Studies: many trials of one job, and the best of them.</summary>
public sealed partial class StudiesClient
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);

    private readonly ApiConnection connection;

    internal StudiesClient(ApiConnection connection) => this.connection = connection;

    /// <summary>Submits a study. It is sent with a key, so that sending it again after a broken connection makes no second study.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="idempotencyKey">The key, at most 128 visible ASCII characters; null: a new one, for this call alone.</param>
    /// <param name="cancel">Breaks off; the study may have been made.</param>
    public Task<Study> SubmitAsync(StudySpec spec, string? idempotencyKey = null, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Studies)
        {
            Body = Bodies.Json(spec, ContractsJson.Default.StudySpec),
            Header = (ApiNames.IdempotencyKey, idempotencyKey ?? Guid.NewGuid().ToString("N")),
            MayRepeat = true,
        }, ContractsJson.Default.Study, cancel);

    /// <summary>What a study would come to, from many simulated ones. Nothing is submitted.</summary>
    /// <param name="request">The study, and what is known of its trials.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<StudyPlan> PlanAsync(StudyPlanRequest request, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.StudyPlan) { Body = Bodies.Json(request, ContractsJson.Default.StudyPlanRequest), MayRepeat = true }, ContractsJson.Default.StudyPlan, cancel);

    /// <summary>One study.</summary>
    public Task<Study> GetAsync(string id, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Study, [id]), ContractsJson.Default.Study, cancel);

    /// <summary>A page of studies, newest first.</summary>
    /// <param name="contains">Any part of the name, without regard to case; null: every name.</param>
    /// <param name="status">Where they stand; null: anywhere.</param>
    /// <param name="page">The page.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<Page<Study>> ListAsync(string? contains = null, StudyStatus? status = null, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Studies, [], [
            (ApiNames.Contains, contains),
            (ApiNames.Status, status is { } known ? JsonNames.CamelCase(known) : null),
            .. Paging.Parameters(page),
        ]), ContractsJson.Default.StudyPage, cancel);

    /// <summary>A page of the trials of a study, in the order of their numbers.</summary>
    public Task<Page<StudyTrial>> TrialsAsync(string id, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.StudyTrials, [id], Paging.Parameters(page)), ContractsJson.Default.StudyTrialPage, cancel);

    /// <summary>Every trial of a study, page after page.</summary>
    public IAsyncEnumerable<StudyTrial> AllTrialsAsync(string id) => Paging.AllAsync((page, cancel) => TrialsAsync(id, page, cancel));

    /// <summary>Asks for a study to stop: its trials are stopped, its best is kept.</summary>
    public Task<Study> StopAsync(string id, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.StudyStop, id)) { MayRepeat = true }, ContractsJson.Default.Study, cancel);

    /// <summary>Changes the limits and the parallelism of a study that runs.</summary>
    public Task<Study> ResizeAsync(string id, StudyResize resize, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.StudyResize, id)) { Body = Bodies.Json(resize, ContractsJson.Default.StudyResize), MayRepeat = true }, ContractsJson.Default.Study, cancel);

    /// <summary>Lets a study that has ended go on with all its trials; those that its end broke off run again. It is sent with a key, so that sending it again after a broken connection resumes once.</summary>
    /// <param name="id">The study.</param>
    /// <param name="resume">New limits, where those that it reached are to be raised; null: as they are.</param>
    /// <param name="cancel">Breaks off; the study may have been resumed.</param>
    public Task<Study> ResumeAsync(string id, StudyResume? resume = null, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.StudyResume, id))
        {
            Body = Bodies.Json(resume ?? new StudyResume(), ContractsJson.Default.StudyResume),
            Header = (ApiNames.IdempotencyKey, Guid.NewGuid().ToString("N")),
            MayRepeat = true,
        }, ContractsJson.Default.Study, cancel);

    /// <summary>The study each time that a trial of it has started or ended, first as it is now, last when it has ended.</summary>
    public async IAsyncEnumerable<Study> WatchAsync(string id, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var wait = ShortestPoll;
        for ((StudyStatus, TrialCounts)? seen = null; ;)
        {
            var study = await GetAsync(id, cancel);
            if ((study.Status, study.Trials) != seen)
            {
                seen = (study.Status, study.Trials);
                wait = ShortestPoll;
                yield return study;
            }

            if (study.EndedAt is not null)
                yield break;
            await Task.Delay(wait, connection.Clock, cancel);
            wait = TimeSpan.FromTicks(Math.Min((long)(wait.Ticks * 1.25), LongestPoll.Ticks));
        }
    }

    /// <summary>Waits until a study has ended, well or not: look at its status.</summary>
    public async Task<Study> WaitAsync(string id, CancellationToken cancel = default)
    {
        Study? last = null;
        await foreach (var study in WatchAsync(id, cancel))
            last = study;
        return last!;
    }
}
