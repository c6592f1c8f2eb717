using Serverless.Api.Requests;
using Serverless.Api.Routing;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Wire;
using Serverless.Core.Compute;
using Serverless.Core.Failures;

namespace Serverless.Api.Compute;

/// <summary>Shows pools and nodes.</summary>
internal sealed class ComputeQueries(PoolTable pools, NodeSet nodes, IComputePool machines)
{
    /// <summary>The pools. There are few: the host's configuration has them.</summary>
    public async Task PoolsAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        var offers = await machines.OffersAsync(cancel);
        var wanted = pools.All.OrderBy(pool => pool.Name, StringComparer.Ordinal).Where(pool => after is null || string.CompareOrdinal(pool.Name, after) > 0).Take(limit + 1).ToList();
        var rows = new List<Pool>();
        foreach (var pool in wanted.Take(limit))
        {
            var count = await CountAsync(pool.Name, cancel);
            rows.Add(View(pool, count, offers.FirstOrDefault(offer => offer.Pool == pool.Name)));
        }

        await call.WriteAsync(new Page<Pool>(rows, wanted.Count > limit ? rows[^1].Name : null), ContractsJson.Default.PoolPage, cancel);
    }

    /// <summary>The machines that there are; those that are known when their provider does not answer, so that one provider does not hide the others' pools.</summary>
    private async Task<int> CountAsync(string pool, CancellationToken cancel)
    {
        try
        {
            return (await machines.ListAsync(pool, cancel)).Count;
        }
        catch (ServerlessException)
        {
            var (known, _) = await nodes.QueryAsync(new Dictionary<string, string> { ["pool"] = pool }, null, 1_000, null, cancel);
            return known.Count(node => node.Status != NodeStatus.Gone);
        }
    }

    /// <summary>A page of nodes.</summary>
    public async Task NodesAsync(ApiCall call, CancellationToken cancel)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, after) = (query.Limit(), query.Text(ApiNames.After));
        query.Done();
        var (records, next) = await nodes.QueryAsync(null, null, limit, after, cancel);
        await call.WriteAsync(new Page<Node>([.. records.Select(View)], next), ContractsJson.Default.NodePage, cancel);
    }

    /// <summary>A pool that nobody offers machines for has no price: it is shown at 0.</summary>
    private static Pool View(PoolOptions pool, int nodes, ComputeOffer? offer) => new()
    {
        Name = pool.Name,
        Nodes = nodes,
        MaxNodes = pool.MaxNodes,
        IdleSeconds = pool.Idle.TotalSeconds,
        Size = offer?.Size,
        VCpus = offer?.VCpus ?? 0,
        MemoryBytes = offer?.MemoryBytes ?? 0,
        Gpus = offer?.Gpus ?? [],
        Spot = offer?.Spot ?? false,
        Region = offer?.Region,
        PriceSource = offer?.PriceSource,
        PriceVerified = offer?.PriceVerified ?? false,
        PricePerHour = offer?.PricePerHour ?? 0,
        Currency = offer?.Currency ?? "USD",
    };

    private static Node View(NodeRecord record) => new()
    {
        Id = record.Id,
        Pool = record.Pool,
        Status = record.Status,
        JobId = record.JobId,
        CreatedAt = record.CreatedAt,
        SeenAt = record.SeenAt,
    };
}
