using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Endpoints;

/// <summary>Shows endpoints.</summary>
internal sealed class EndpointQueries(EndpointSet endpoints, DeploymentSet deployments, IEndpointHost host)
{
    /// <summary>A page of them.</summary>
    public async Task ListAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        var (records, next) = await endpoints.QueryAsync(null, null, limit, after, cancel);
        var rows = new List<Endpoint>(records.Count);
        foreach (var record in records)
            rows.Add(await ViewAsync(record, cancel));
        await call.WriteAsync(new Page<Endpoint>(rows, next), ContractsJson.Default.EndpointPage, cancel);
    }

    /// <summary>One.</summary>
    public async Task GetAsync(ApiCall call, CancellationToken cancel)
    {
        var record = await endpoints.FindAsync(Name(call), cancel) ?? throw Missing(call["name"]);
        await call.WriteAsync(await ViewAsync(record, cancel), ContractsJson.Default.Endpoint, cancel);
    }

    /// <summary>One deployment.</summary>
    public async Task GetDeploymentAsync(ApiCall call, CancellationToken cancel)
    {
        var deployment = (call["id"].Length <= 512 ? await deployments.FindAsync(call["id"], cancel) : null)
            ?? throw Fail.NotFound("deployment", Shown.Quote(call["id"])[1..^1], "A deployment's id is in the answer to its request.");
        await call.WriteAsync(deployment, ContractsJson.Default.Deployment, cancel);
    }

    /// <summary>The endpoint's name that a path names.</summary>
    public static string Name(ApiCall call) => NameRules.IsName(call["name"]) ? call["name"] : throw Missing(Shown.Quote(call["name"])[1..^1]);

    private async Task<Endpoint> ViewAsync(EndpointRecord record, CancellationToken cancel) => new()
    {
        Name = record.Name,
        Revision = record.Revision,
        Traffic = record.Traffic,
        Previous = record.Previous,
        IdleSeconds = record.IdleSeconds,
        Sessions = await host.SessionsAsync(record.Name, cancel),
        CreatedAt = record.CreatedAt,
        UpdatedAt = record.UpdatedAt,
    };

    private static ServerlessException Missing(string name) => Fail.NotFound("endpoint", name, "List the endpoints to find its name.");
}
