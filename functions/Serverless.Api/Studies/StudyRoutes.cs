using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Studies;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Studies;

/// <summary>The rows for studies.</summary>
internal static class StudyRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Studies, Name = "listStudies", Access = RouteAccess.Read, Summary = "Studies, newest first.",
            Parameters =
            [
                .. PageParameters.All,
                new(ApiNames.Contains, "string", "Any part of the name, without regard to case."),
                new(ApiNames.Status, "string", "Only studies in this status."),
            ],
            Replies = [RouteReply.Json<Page<Study>>(200, "A page.")],
            Handler = Answer.By<StudyQueries>((studies, call, cancel) => studies.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.Studies, Name = "submitStudy", Access = RouteAccess.Submit, Summary = "Submits a study: many trials of one job, and the best of them.",
            Parameters = [new(ApiNames.IdempotencyKey, "string", "The same key with the same body makes one study, however often it is sent.", "header")],
            Body = RouteBody.Json<StudySpec>(), MaxBodyBytes = RouteLimits.ListBytes, Replies = [RouteReply.Json<Study>(201, "The study.")],
            Handler = Answer.By<StudyCommands>((studies, call, cancel) => studies.SubmitAsync(call, cancel)),
        },
        StudyPlans.Row,
        new()
        {
            Method = "GET", Template = Routes.Study, Name = "getStudy", Access = RouteAccess.Read, Summary = "One study, with its best trial.",
            Replies = [RouteReply.Json<Study>(200, "The study.")],
            Handler = Answer.By<StudyQueries>((studies, call, cancel) => studies.GetAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.StudyTrials, Name = "listTrials", Access = RouteAccess.Read, Summary = "The trials of a study, in the order of their numbers.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<StudyTrial>>(200, "A page.")],
            Handler = Answer.By<StudyQueries>((studies, call, cancel) => studies.TrialsAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.StudyStop, Name = "stopStudy", Access = RouteAccess.Submit, Summary = "Asks for a study to stop: its trials are stopped, its best is kept.",
            Replies = [RouteReply.Json<Study>(202, "The study; it ends when its trials have.")],
            Handler = Answer.By<StudyCommands>((studies, call, cancel) => studies.StopAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.StudyResize, Name = "resizeStudy", Access = RouteAccess.Submit, Summary = "Changes the limits and the parallelism of a study that runs.",
            Body = RouteBody.Json<StudyResize>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<Study>(200, "The study.")],
            Handler = Answer.By<StudyCommands>((studies, call, cancel) => studies.ResizeAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.StudyResume, Name = "resumeStudy", Access = RouteAccess.Submit, Summary = "Lets a study that has ended go on with all its trials, with new limits.",
            Parameters = [new(ApiNames.IdempotencyKey, "string", "The same key resumes once, however often it is sent.", "header")],
            Body = RouteBody.Json<StudyResume>(), MaxBodyBytes = RouteLimits.SmallBytes, Replies = [RouteReply.Json<Study>(200, "The study, which runs.")],
            Handler = Answer.By<StudyCommands>((studies, call, cancel) => studies.ResumeAsync(call, cancel)),
        },
    ];
}
