using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Experiments;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Experiments;

/// <summary>The rows for experiments.</summary>
internal static class ExperimentRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Experiments, Name = "listExperiments", Access = RouteAccess.Read, Summary = "Experiments, newest first.",
            Parameters = [.. PageParameters.All, new(ApiNames.Contains, "string", "Any part of the name, without regard to case.")],
            Replies = [RouteReply.Json<Page<ExperimentSummary>>(200, "A page.")],
            Handler = Answer.By<ExperimentQueries>((experiments, call, cancel) => experiments.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.Experiment, Name = "getExperiment", Access = RouteAccess.Read, Summary = "One experiment.",
            Replies = [RouteReply.Json<ExperimentSummary>(200, "The experiment.")],
            Handler = Answer.By<ExperimentQueries>((experiments, call, cancel) => experiments.GetAsync(call, cancel)),
        },
        new()
        {
            Method = "PATCH", Template = Routes.Experiment, Name = "changeExperiment", Access = RouteAccess.Submit, Summary = "Sets description and tags; what is left out stays, and a description that is replaced is kept as a note.",
            Parameters = [new(ApiNames.IfMatch, "string", "The 'eTag' that the experiment was read with: the change is refused when somebody else was first.", "header")],
            Body = RouteBody.Json<ExperimentChange>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<ExperimentSummary>(200, "The experiment as it is now.")],
            Handler = Answer.By<ExperimentCommands>((experiments, call, cancel) => experiments.ChangeAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.ExperimentNotes, Name = "listExperimentNotes", Access = RouteAccess.Read, Summary = "The notes on an experiment, newest first.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<ExperimentNote>>(200, "A page.")],
            Handler = Answer.By<ExperimentQueries>((experiments, call, cancel) => experiments.NotesAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.ExperimentNotes, Name = "addExperimentNote", Access = RouteAccess.Submit, Summary = "Adds a note; notes are never changed.",
            Parameters = [new(ApiNames.IdempotencyKey, "string", "The same key with the same text makes one note, however often it is sent.", "header")],
            Body = RouteBody.Json<ExperimentNoteRequest>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<ExperimentNote>(201, "The note.")],
            Handler = Answer.By<ExperimentCommands>((experiments, call, cancel) => experiments.NoteAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.ExperimentRuns, Name = "listExperimentRuns", Access = RouteAccess.Read, Summary = "The runs of an experiment with what went in and what came out: studies, then jobs, then, when asked for, trials; each newest first.",
            Parameters =
            [
                .. PageParameters.All,
                new(ApiNames.Kind, "string", "Only 'study', 'job' or 'trial'."),
                new(ApiNames.Trials, "boolean", "'true': the trials of the studies too, each as a run; default false."),
            ],
            Replies = [RouteReply.Json<Page<ExperimentRun>>(200, "A page.")],
            Handler = Answer.By<ExperimentQueries>((experiments, call, cancel) => experiments.RunsAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.ExperimentComparison, Name = "compareExperimentRuns", Access = RouteAccess.Read, Summary = "Runs side by side: parameters, metrics, inputs, outputs; what differs comes first.",
            Parameters = ComparisonQuery.Parameters, Replies = [RouteReply.Json<ExperimentComparison>(200, "The table.")],
            Handler = Answer.By<ComparisonQuery>((comparisons, call, cancel) => comparisons.CompareAsync(call, cancel)),
        },
    ];
}
