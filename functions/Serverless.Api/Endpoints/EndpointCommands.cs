using Microsoft.AspNetCore.Http;
using Serverless.Api.Routing;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;
using Serverless.Core.Models;
using Serverless.Orchestrations.Endpoints;

namespace Serverless.Api.Endpoints;

/// <summary>Changes endpoints.</summary>
internal sealed class EndpointCommands(EndpointDeployments starting, EndpointChanges changes, DeploymentSet deployments)
{
    /// <summary>Deploys.</summary>
    public async Task DeployAsync(ApiCall call, CancellationToken cancel)
    {
        var request = await call.ReadAsync(ContractsJson.Default.DeployRequest, cancel);
        var deployment = await starting.StartAsync(call["name"], request, cancel);
        await WriteAsync(call, deployment, cancel);
    }

    /// <summary>Goes back. The change is done when this answers; it is recorded like a deployment, so that it can be looked up like one.</summary>
    public async Task RollbackAsync(ApiCall call, CancellationToken cancel)
    {
        var endpoint = await changes.RollbackAsync(EndpointQueries.Name(call), cancel);
        var main = endpoint.Traffic.MaxBy(traffic => traffic.Weight)!;
        var done = new Deployment
        {
            Id = endpoint.ChangedBy!,
            Endpoint = endpoint.Name,
            Model = ModelSet.Id(main.Model, main.Version),
            Status = DeploymentStatus.Succeeded,
            CreatedAt = endpoint.UpdatedAt,
            EndedAt = endpoint.UpdatedAt,
        };
        await deployments.CreateAsync(done, cancel);
        await WriteAsync(call, done, cancel);
    }

    /// <summary>Deletes.</summary>
    public async Task DeleteAsync(ApiCall call, CancellationToken cancel)
    {
        await changes.DeleteAsync(EndpointQueries.Name(call), cancel);
        await call.EmptyAsync();
    }

    private static Task WriteAsync(ApiCall call, Deployment deployment, CancellationToken cancel)
    {
        call.Http.Response.Headers.Location = Contracts.Routes.Fill(Contracts.Routes.Deployment, deployment.Id);
        return call.WriteAsync(deployment, ContractsJson.Default.Deployment, cancel, StatusCodes.Status202Accepted);
    }
}
