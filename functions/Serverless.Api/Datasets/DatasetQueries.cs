using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Datasets;
using Serverless.Contracts.Wire;
using Serverless.Core.Datasets;
using Serverless.Orchestrations.Datasets;

namespace Serverless.Api.Datasets;

/// <summary>Shows data sets.</summary>
internal sealed class DatasetQueries(DatasetSet datasets, DatasetLookup lookup)
{
    /// <summary>The newest version of each.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        var page = await Newest.PageAsync(datasets.AllAsync(null, cancel), version => version.Name, limit, after, cancel);
        await call.WriteAsync(page, ContractsJson.Default.DatasetPage, cancel);
    }

    /// <summary>The versions of one.</summary>
    public async Task VersionsAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        await lookup.RequireAsync(DatasetRef.Parse(call["name"]), cancel);
        var (records, next) = await datasets.QueryAsync(new Dictionary<string, string> { ["dataset"] = call["name"] }, null, limit, after, cancel);
        await call.WriteAsync(new Page<DatasetVersion>(records, next), ContractsJson.Default.DatasetPage, cancel);
    }

    /// <summary>One version.</summary>
    public async Task GetAsync(ApiCall call, CancellationToken cancel) =>
        await call.WriteAsync(await FindAsync(call, cancel), ContractsJson.Default.DatasetVersion, cancel);

    /// <summary>The version that a path names.</summary>
    public Task<DatasetVersion> FindAsync(ApiCall call, CancellationToken cancel) =>
        lookup.RequireAsync(DatasetRef.Parse($"{call["name"]}@{call["version"]}"), cancel);
}
