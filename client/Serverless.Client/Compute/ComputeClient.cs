using Serverless.Client.Http;
using Serverless.Contracts;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Compute;

/// <summary>Pools and their nodes.</summary>
public sealed class ComputeClient
{
    private readonly ApiConnection connection;

    internal ComputeClient(ApiConnection connection) => this.connection = connection;

    /// <summary>The pools.</summary>
    public Task<Page<Pool>> PoolsAsync(PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Pools, [], Paging.Parameters(page)), ContractsJson.Default.PoolPage, cancel);

    /// <summary>The nodes, those that are gone too.</summary>
    public Task<Page<Node>> NodesAsync(PageRequest? page = null, CancellationToken cancel = default) =>
        connection.ReadAsync(ApiCall.Get(Routes.Nodes, [], Paging.Parameters(page)), ContractsJson.Default.NodePage, cancel);
}
