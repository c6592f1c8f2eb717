using System.Globalization;
using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Experiments;

/// <summary>Experiments: jobs and studies side by side. A job or a study names its experiment when it is submitted, and the first one makes it.</summary>
public sealed class ExperimentsClient
{
    private readonly ApiConnection connection;

    internal ExperimentsClient(ApiConnection connection) => this.connection = connection;

    /// <summary>A page of experiments, newest first.</summary>
    /// <param name="contains">Any part of the name, without regard to case; null: every name.</param>
    /// <param name="page">The page.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<Page<ExperimentSummary>> ListAsync(string? contains = null, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Experiments, [], [(ApiNames.Contains, contains), .. Paging.Parameters(page)]), ContractsJson.Default.ExperimentPage, cancel);

    /// <summary>Every experiment, page after page.</summary>
    public IAsyncEnumerable<ExperimentSummary> AllAsync(string? contains = null) => Paging.AllAsync((page, cancel) => ListAsync(contains, page, cancel));

    /// <summary>One experiment.</summary>
    public Task<ExperimentSummary> GetAsync(string name, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Experiment, [name]), ContractsJson.Default.ExperimentSummary, cancel);

    /// <summary>Sets description and tags; what the change leaves out stays, and a description that is replaced is kept as a note.</summary>
    /// <param name="name">The experiment.</param>
    /// <param name="change">What is to be said of it.</param>
    /// <param name="eTag">The <see cref="ExperimentSummary.ETag"/> that it was read with: the change is refused (<c>conflict</c>) when somebody else was first; null: whatever it is now.</param>
    /// <param name="cancel">Breaks off; the change may have been made.</param>
    public Task<ExperimentSummary> ChangeAsync(string name, ExperimentChange change, string? eTag = null, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Patch, Routes.Fill(Routes.Experiment, name))
        {
            Body = Bodies.Json(change, ContractsJson.Default.ExperimentChange),
            Header = eTag is null ? null : (ApiNames.IfMatch, $"\"{eTag}\""),
            MayRepeat = true,
        }, ContractsJson.Default.ExperimentSummary, cancel);

    /// <summary>Adds a note; notes are never changed, so that two who write at once both are heard. It is sent with a key, so that sending it again adds no second one.</summary>
    /// <param name="name">The experiment.</param>
    /// <param name="text">1 to 4,000 characters.</param>
    /// <param name="idempotencyKey">The key, at most 128 visible ASCII characters; null: a new one, for this call alone.</param>
    /// <param name="cancel">Breaks off; the note may have been added.</param>
    public Task<ExperimentNote> NoteAsync(string name, string text, string? idempotencyKey = null, CancellationToken cancel = default) =>
        connection.ReadAsync(new ApiCall(HttpMethod.Post, Routes.Fill(Routes.ExperimentNotes, name))
        {
            Body = Bodies.Json(new ExperimentNoteRequest(text), ContractsJson.Default.ExperimentNoteRequest),
            Header = (ApiNames.IdempotencyKey, idempotencyKey ?? Guid.NewGuid().ToString("N")),
            MayRepeat = true,
        }, ContractsJson.Default.ExperimentNote, cancel);

    /// <summary>A page of the notes on an experiment, newest first.</summary>
    public Task<Page<ExperimentNote>> NotesAsync(string name, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.ExperimentNotes, [name], Paging.Parameters(page)), ContractsJson.Default.ExperimentNotePage, cancel);

    /// <summary>A page of the runs of an experiment: studies, then jobs, then, when asked for, trials; each newest first. A page may be shorter than its limit and not be the last.</summary>
    /// <param name="name">The experiment.</param>
    /// <param name="trials">Whether the trials of the studies are listed too.</param>
    /// <param name="kind">Only runs of this kind; null: every kind.</param>
    /// <param name="page">The page.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<Page<ExperimentRun>> RunsAsync(string name, bool trials = false, RunKind? kind = null, PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.ExperimentRuns, [name], [
            (ApiNames.Kind, kind is { } known ? JsonNames.CamelCase(known) : null),
            (ApiNames.Trials, trials ? "true" : null),
            .. Paging.Parameters(page),
        ]), ContractsJson.Default.ExperimentRunPage, cancel);

    /// <summary>Every run of an experiment, page after page.</summary>
    public IAsyncEnumerable<ExperimentRun> AllRunsAsync(string name, bool trials = false, RunKind? kind = null) =>
        Paging.AllAsync((page, cancel) => RunsAsync(name, trials, kind, page, cancel));

    /// <summary>Runs side by side: parameters, metrics, inputs, outputs; what differs comes first. <see cref="ComparisonText"/> writes it as CSV or Markdown.</summary>
    /// <param name="name">The experiment.</param>
    /// <param name="request">Which runs, and in what; null: the newest 50, in everything.</param>
    /// <param name="cancel">Breaks off.</param>
    public Task<ExperimentComparison> CompareAsync(string name, ComparisonRequest? request = null, CancellationToken cancel = default)
    {
        request ??= new ComparisonRequest();
        return connection.ReadAsync(ApiCall.Get(Routes.ExperimentComparison, [name], [
            .. request.Jobs.Select(job => (ApiNames.Job, (string?)job)),
            .. request.Studies.Select(study => (ApiNames.Study, (string?)study)),
            (ApiNames.Top, request.Top?.ToString(CultureInfo.InvariantCulture)),
            .. request.Metrics.Select(metric => (ApiNames.Metric, (string?)metric)),
            (ApiNames.Sort, request.Sort),
            (ApiNames.Differing, request.OnlyDifferent ? "true" : null),
            (ApiNames.Trials, request.Trials ? "true" : null),
            (ApiNames.Files, request.Files ? "true" : null),
            (ApiNames.Limit, request.Limit?.ToString(CultureInfo.InvariantCulture)),
        ]), ContractsJson.Default.ExperimentComparison, cancel);
    }
}
