using System.Globalization;
using Serverless.Contracts.Endpoints;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Orchestrations.Deployments;

namespace Serverless.Orchestrations.Endpoints;

/// <summary>Changes of an endpoint that need no workflow, because they load nothing new: going back, and deleting. The record is written first; a host that goes down before it routes reads it when it is up again.</summary>
public sealed class EndpointChanges(EndpointSet endpoints, DeploymentSet deployments, IEndpointHost host, EndpointDrain drain, TimeProvider clock)
{
    /// <summary>Goes back to what answered before. Going back twice is going forward again.</summary>
    /// <returns>The endpoint afterwards.</returns>
    /// <exception cref="ServerlessException"><c>not_found</c>; <c>conflict</c> when nothing answered before.</exception>
    public async Task<EndpointRecord> RollbackAsync(string endpoint, CancellationToken cancel)
    {
        var asked = clock.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"rollback-{asked.UtcTicks}");
        var record = await endpoints.UpdateAsync(endpoint, now => EndpointLife.GoBack(now, id, asked), cancel) ?? throw Missing(endpoint);
        if (record.ChangedBy != id)
            throw Fail.Conflict($"Nothing answered at endpoint '{endpoint}' before its present model.", "Deploy the model version that shall answer.");
        await host.RouteAsync(endpoint, cancel);
        return record;
    }

    /// <summary>Deletes an endpoint; its models stay in the registry. Deployments under way end without touching it.</summary>
    /// <exception cref="ServerlessException"><c>not_found</c>.</exception>
    public async Task DeleteAsync(string endpoint, CancellationToken cancel)
    {
        var record = await endpoints.FindAsync(endpoint, cancel) ?? throw Missing(endpoint);
        var underWay = new Dictionary<string, string> { ["endpoint"] = endpoint, ["status"] = nameof(DeploymentStatus.Running) };
        var message = $"The endpoint '{endpoint}' was deleted while the deployment was under way.";
        await foreach (var deployment in deployments.AllAsync(underWay, cancel))
            await deployments.UpdateAsync(deployment.Id, now => DeploymentLife.Fail(now, message, clock.GetUtcNow()), cancel);
        await endpoints.DeleteAsync(endpoint, cancel);
        await host.RouteAsync(endpoint, cancel);
        await drain.UnroutedAsync([.. record.Traffic.Concat(record.Previous).Select(traffic => new EndpointModel(traffic.Model, traffic.Version))], cancel);
    }

    private static ServerlessException Missing(string endpoint) => Fail.NotFound("endpoint", endpoint, "List the endpoints to find its name.");
}
