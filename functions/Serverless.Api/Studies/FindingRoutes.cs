using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Studies.Findings;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Studies;

/// <summary>The rows for what a study found.</summary>
internal static class FindingRoutes
{
    private static readonly RouteParameter Objective = new(FindingNames.Objective, "string", "The objective, by its metric. Default: the first.");

    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.StudyImportance, Name = "getImportance", Access = RouteAccess.Read, Summary = "Which parameters of a study mattered; 409 while fewer than ten trials are complete.",
            Parameters =
            [
                Objective,
                new(FindingNames.Method, "string", "How: fanova (default) or pedAnova."),
                new(FindingNames.Pairs, "boolean", "Whether pairs are looked at too; only by fanova. Default: false."),
            ],
            Replies = [RouteReply.Json<StudyImportance>(200, "The parameters, the most important first.")],
            Handler = Answer.By<FindingQueries>((findings, call, cancel) => findings.ImportanceAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.StudyHistory, Name = "listHistory", Access = RouteAccess.Read, Summary = "The trials of a study in the order in which they ended, and how the best became better.",
            Parameters = [new(ApiNames.Limit, "integer", $"Most trials, 1 to {FindingNames.MaxTrials}; default {FindingNames.DefaultTrials}."), new(ApiNames.After, "string", "The 'next' of the page before.")],
            Replies = [RouteReply.Json<StudyHistory>(200, "A page.")],
            Handler = Answer.By<FindingQueries>((findings, call, cancel) => findings.HistoryAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.StudyCurves, Name = "listCurves", Access = RouteAccess.Read, Summary = "What the trials of a study reported while they ran, in the order of their numbers.",
            Parameters = [.. PageParameters.All, Objective, new(FindingNames.Points, "integer", "Most points of a curve, 4 to 1000. Default: 100. Of more the first, the last, and the least and greatest of equal parts are kept.")],
            Replies = [RouteReply.Json<Page<TrialCurve>>(200, "A page.")],
            Handler = Answer.By<FindingQueries>((findings, call, cancel) => findings.CurvesAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.StudyParallel, Name = "getParallel", Access = RouteAccess.Read, Summary = "The complete and pruned trials of a study as lines across its parameters and objectives.",
            Parameters = [new(FindingNames.Lines, "integer", "Most lines, 1 to 10000. Default: 1000. Of more trials the best half and an even pick of the rest are kept.")],
            Replies = [RouteReply.Json<ParallelCoordinates>(200, "The axes and the lines.")],
            Handler = Answer.By<FindingQueries>((findings, call, cancel) => findings.ParallelAsync(call, cancel)),
        },
    ];
}
