using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Models;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Models;

/// <summary>The rows for the model registry.</summary>
internal static class ModelRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "GET", Template = Routes.Models, Name = "listModels", Access = RouteAccess.Read, Summary = "The newest version of each model, newest first.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<ModelVersion>>(200, "A page.")],
            Handler = Answer.By<ModelQueries>((models, call, cancel) => models.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.ModelVersions, Name = "listModelVersions", Access = RouteAccess.Read, Summary = "The versions of a model, newest first.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<ModelVersion>>(200, "A page.")],
            Handler = Answer.By<ModelQueries>((models, call, cancel) => models.VersionsAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.ModelVersion, Name = "getModelVersion", Access = RouteAccess.Read, Summary = "One version: a number, or 'latest'.",
            Replies = [RouteReply.Json<ModelVersion>(200, "The version with its lineage, gate and signature.")],
            Handler = Answer.By<ModelQueries>((models, call, cancel) => models.GetAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.ModelFile, Name = "readModelFile", Access = RouteAccess.Read, Summary = "Its ONNX file; a range when asked for.",
            TimeOut = Timeout.InfiniteTimeSpan, Replies = [RouteReply.Bytes("The bytes."), new(206, "Some of the bytes.", "application/octet-stream")],
            Handler = Answer.By<ModelQueries>((models, call, cancel) => models.ReadFileAsync(call, cancel)),
        },
    ];
}
