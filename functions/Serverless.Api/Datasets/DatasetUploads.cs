using Microsoft.AspNetCore.Http;
using Serverless.Api.Content;
using Serverless.Api.Routing;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Orchestrations.Datasets;

namespace Serverless.Api.Datasets;

/// <summary>Data that comes in.</summary>
internal sealed class DatasetUploads(ContentIntake intake, DatasetLanding landing)
{
    /// <summary>Where data sets that come over the API say that they came from.</summary>
    private const string Source = "api";

    /// <summary>One file, streamed: a version that has this file alone.</summary>
    public async Task PutFileAsync(ApiCall call, CancellationToken cancel)
    {
        var (name, path) = (call["name"], call["path"]);
        if (NameRules.Check(name, "name", "data set").Concat(PathRules.Check(path, "path")).ToList() is { Count: > 0 } errors)
            throw Fail.Invalid(errors);
        var file = await intake.TakeAsync(path, call.Http.Request.Body, RouteLimits.FileBytes, cancel);
        await AnswerAsync(call, await landing.LandAsync(name, [file], Source, cancel), cancel);
    }

    /// <summary>A list of files whose content is there.</summary>
    public async Task CreateAsync(ApiCall call, CancellationToken cancel)
    {
        var manifest = await call.ReadAsync(ContractsJson.Default.DatasetManifest, cancel);
        await AnswerAsync(call, await landing.LandAsync(call["name"], manifest.Files, Source, cancel), cancel);
    }

    private static Task AnswerAsync(ApiCall call, Contracts.Datasets.DatasetVersion version, CancellationToken cancel) =>
        call.WriteAsync(version, ContractsJson.Default.DatasetVersion, cancel, StatusCodes.Status201Created);
}
