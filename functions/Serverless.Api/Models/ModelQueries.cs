using System.Globalization;
using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Models;
using Serverless.Contracts.Wire;
using Serverless.Core.Artifacts;
using Serverless.Core.Failures;
using Serverless.Core.Models;
using Serverless.Core.Names;

namespace Serverless.Api.Models;

/// <summary>Shows models.</summary>
internal sealed class ModelQueries(ModelSet models, IArtifactStore store)
{
    /// <summary>The newest version of each.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var (limit, after) = Page(call);
        var page = await Newest.PageAsync(models.AllAsync(null, cancel), version => version.Name, limit, after, cancel);
        await call.WriteAsync(page, ContractsJson.Default.ModelPage, cancel);
    }

    /// <summary>The versions of one.</summary>
    public async Task VersionsAsync(ApiCall call, CancellationToken cancel)
    {
        var (limit, after) = Page(call);
        var (records, next) = await models.QueryAsync(Of(Name(call)), null, limit, after, cancel);
        if (records.Count == 0 && after is null)
            throw Missing(call["name"]);
        await call.WriteAsync(new Page<ModelVersion>(records, next), ContractsJson.Default.ModelPage, cancel);
    }

    /// <summary>One version.</summary>
    public async Task GetAsync(ApiCall call, CancellationToken cancel) =>
        await call.WriteAsync(await RequireAsync(call, cancel), ContractsJson.Default.ModelVersion, cancel);

    /// <summary>Its file.</summary>
    public async Task ReadFileAsync(ApiCall call, CancellationToken cancel)
    {
        var model = await RequireAsync(call, cancel);
        var name = string.Create(CultureInfo.InvariantCulture, $"{model.Name}-{model.Version}.onnx");
        await FileReply.WriteAsync(call, store, ArtifactPaths.Model(model.Name, model.Version), name, cancel);
    }

    private async Task<ModelVersion> RequireAsync(ApiCall call, CancellationToken cancel)
    {
        var (name, version) = (Name(call), call["version"]);
        if (version == "latest")
        {
            var (newest, _) = await models.QueryAsync(Of(name), null, 1, null, cancel);
            return newest.Count == 1 ? newest[0] : throw Missing(name);
        }

        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await models.FindAsync(ModelSet.Id(name, number), cancel) is { } found
            ? found
            : throw Fail.NotFound("model version", $"{name}@{Shown.Quote(version)[1..^1]}", $"List the versions of model '{name}'.");
    }

    private static (int Limit, string? After) Page(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var page = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        return page;
    }

    private static Dictionary<string, string> Of(string name) => new() { ["model"] = name };

    private static string Name(ApiCall call) => NameRules.IsName(call["name"]) ? call["name"] : throw Missing(Shown.Quote(call["name"])[1..^1]);

    private static ServerlessException Missing(string name) => Fail.NotFound("model", name, "List the models to find its name.");
}
