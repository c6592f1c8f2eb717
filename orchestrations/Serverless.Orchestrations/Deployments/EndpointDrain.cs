using Serverless.Core.Endpoints;

namespace Serverless.Orchestrations.Deployments;

/// <summary>Unloads models that no endpoint routes to. What an endpoint would go back to is unloaded too: it is loaded again by the first call that needs it.</summary>
public sealed class EndpointDrain(EndpointSet endpoints, IEndpointHost host)
{
    /// <summary>Unloads those of the models that no endpoint routes to. Any number of times.</summary>
    public async Task UnroutedAsync(IReadOnlyList<EndpointModel> models, CancellationToken cancel)
    {
        var routed = new HashSet<EndpointModel>();
        await foreach (var endpoint in endpoints.AllAsync(null, cancel))
            routed.UnionWith(endpoint.Traffic.Select(traffic => new EndpointModel(traffic.Model, traffic.Version)));
        foreach (var model in models.Distinct().Where(model => !routed.Contains(model)))
            await host.DrainAsync(model, cancel);
    }
}
