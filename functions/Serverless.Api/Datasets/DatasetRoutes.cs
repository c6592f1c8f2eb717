using Serverless.Api.Content;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Wire;

namespace Serverless.Api.Datasets;

/// <summary>The rows for data.</summary>
internal static class DatasetRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "HEAD", Template = Routes.Content, Name = "hasContent", Access = RouteAccess.Submit, Summary = "Whether bytes are there, by their SHA-256.",
            Replies = [new(200, "They are."), new(404, "They are not.")],
            Handler = Answer.By<ContentUploads>((content, call, cancel) => content.HeadAsync(call, cancel)),
        },
        new()
        {
            Method = "PUT", Template = Routes.Content, Name = "putContent", Access = RouteAccess.Submit, Summary = "Brings bytes by their SHA-256.",
            Body = RouteBody.Bytes, MaxBodyBytes = RouteLimits.FileBytes, TimeOut = Timeout.InfiniteTimeSpan, Replies = [new(201, "Taken."), new(204, "They were there.")],
            Handler = Answer.By<ContentUploads>((content, call, cancel) => content.PutAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.Datasets, Name = "listDatasets", Access = RouteAccess.Read, Summary = "The newest version of each data set, newest first.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<DatasetVersion>>(200, "A page.")],
            Handler = Answer.By<DatasetQueries>((datasets, call, cancel) => datasets.ListAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.DatasetVersions, Name = "listDatasetVersions", Access = RouteAccess.Read, Summary = "The versions of a data set, newest first.",
            Parameters = PageParameters.All, Replies = [RouteReply.Json<Page<DatasetVersion>>(200, "A page.")],
            Handler = Answer.By<DatasetQueries>((datasets, call, cancel) => datasets.VersionsAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.DatasetVersions, Name = "createDatasetVersion", Access = RouteAccess.Submit, Summary = "Makes a version from content that was uploaded before.",
            Body = RouteBody.Json<DatasetManifest>(), MaxBodyBytes = RouteLimits.ListBytes, Replies = [RouteReply.Json<DatasetVersion>(201, "The version; the same content is the same version.")],
            Handler = Answer.By<DatasetUploads>((uploads, call, cancel) => uploads.CreateAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.DatasetVersion, Name = "getDatasetVersion", Access = RouteAccess.Read, Summary = "One version: 'latest', or at least 8 digits of it.",
            Replies = [RouteReply.Json<DatasetVersion>(200, "The version.")],
            Handler = Answer.By<DatasetQueries>((datasets, call, cancel) => datasets.GetAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.DatasetPreview, Name = "previewDataset", Access = RouteAccess.Read, Summary = "The columns and first rows of a table.",
            Parameters =
            [
                new(DatasetPreviews.FileParameter, "string", "Which file of the version; default: the first whose name ends in .csv or .tsv."),
                new(DatasetPreviews.RowsParameter, "integer", $"Most rows to show, 0 to {DatasetPreviews.MaxRows}; default {DatasetPreviews.DefaultRows}."),
            ],
            Replies = [RouteReply.Json<DatasetPreview>(200, "What was seen in the first rows.")],
            Handler = Answer.By<DatasetPreviews>((previews, call, cancel) => previews.ShowAsync(call, cancel)),
        },
        new()
        {
            Method = "PUT", Template = Routes.DatasetFile, Name = "putDatasetFile", Access = RouteAccess.Submit, Summary = "Lands one file: a version of the data set that has this file alone.",
            Body = RouteBody.Bytes, MaxBodyBytes = RouteLimits.FileBytes, TimeOut = Timeout.InfiniteTimeSpan, Replies = [RouteReply.Json<DatasetVersion>(201, "The version; the same content is the same version.")],
            Handler = Answer.By<DatasetUploads>((uploads, call, cancel) => uploads.PutFileAsync(call, cancel)),
        },
    ];
}
