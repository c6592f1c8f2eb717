using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;
using Serverless.Core.Experiments;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Orchestrations.Experiments;

namespace Serverless.Api.Experiments;

/// <summary>Shows experiments, their runs and their notes.</summary>
internal sealed class ExperimentQueries(ExperimentViews views, ExperimentSet experiments, ExperimentRuns runs, NoteSet notes)
{
    /// <summary>A page of them.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after, contains) = (query.Limit(), query.Text(ApiNames.After), query.Text(ApiNames.Contains, NameRules.MaxLength));
        query.Done();
        var (page, next) = await views.ListAsync(contains, limit, after, cancel);
        await call.WriteAsync(new Page<ExperimentSummary>(page, next), ContractsJson.Default.ExperimentPage, cancel);
    }

    /// <summary>One.</summary>
    public async Task GetAsync(ApiCall call, CancellationToken cancel)
    {
        var name = await RequireAsync(call, cancel);
        await call.WriteAsync(await views.FindAsync(name, cancel) ?? throw await views.MissingAsync(name, cancel), ContractsJson.Default.ExperimentSummary, cancel);
    }

    /// <summary>A page of one's runs.</summary>
    public async Task RunsAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after, kind, trials) = (query.Limit(), query.Text(ApiNames.After), query.Word<RunKind>(ApiNames.Kind), query.Flag(ApiNames.Trials));
        query.Done();
        var name = await RequireAsync(call, cancel);
        RunKind[] kinds = kind is { } one ? [one] : trials ? [RunKind.Study, RunKind.Job, RunKind.Trial] : [RunKind.Study, RunKind.Job];
        var (page, next) = await runs.ListAsync(name, kinds, limit, after, cancel);
        await call.WriteAsync(new Page<ExperimentRun>(page, next), ContractsJson.Default.ExperimentRunPage, cancel);
    }

    /// <summary>A page of the notes on one.</summary>
    public async Task NotesAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        var (records, next) = await notes.OfAsync(await RequireAsync(call, cancel), limit, after, cancel);
        await call.WriteAsync(new Page<ExperimentNote>([.. records.Select(View)], next), ContractsJson.Default.ExperimentNotePage, cancel);
    }

    /// <summary>A note as the API shows it.</summary>
    public static ExperimentNote View(NoteRecord note) => new() { Id = note.Id, Text = note.Text, By = note.By, At = note.At };

    /// <summary>The name of an experiment that is there.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>.</exception>
    public async Task<string> RequireAsync(ApiCall call, CancellationToken cancel)
    {
        var name = call["name"];
        return NameRules.IsName(name) && await experiments.FindAsync(name, cancel) is not null ? name : throw await views.MissingAsync(name, cancel);
    }
}
