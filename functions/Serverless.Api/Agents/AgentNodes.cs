using Microsoft.Extensions.Logging;
using Serverless.Api.Routing;
using Serverless.Api.Telemetry;
using Serverless.Contracts.Agents;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Orchestrations.Compute;

namespace Serverless.Api.Agents;

/// <summary>Agents that come and go, and what their nodes do.</summary>
internal sealed partial class AgentNodes(NodeSet nodes, PoolTable pools, PoolScaling scaling, TimeProvider clock, ILogger<AgentNodes> log)
{
    private const int MaxGpus = 64;

    /// <summary>How old the time at which a node was last heard may be: its agent speaks every second, and nobody needs each of these times.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromSeconds(5);

    /// <summary>An agent says hello. Again after a restart: the newest word counts.</summary>
    public async Task HelloAsync(ApiCall call, CancellationToken cancel)
    {
        var hello = await call.ReadAsync(ContractsJson.Default.NodeHello, cancel);
        var node = AgentIdentity.Of(call, hello.NodeId);
        Check(hello, node);
        var now = clock.GetUtcNow();
        var first = false;
        var known = await nodes.UpdateAsync(
            node.NodeId,
            record =>
            {
                first = record.ReadyAt is null;
                return record with { Hello = hello, Status = NodeStatus.Idle, JobId = null, ReadyAt = record.ReadyAt ?? now, SeenAt = now };
            },
            cancel);
        if (known is null)
            throw Fail.NotFound("node", node.NodeId, "The pool has taken it away; a new node gets a new id.");
        if (first)
            ApiTelemetry.NodeReady(known, now);
        var pool = pools.Find(node.Pool) ?? throw Fail.NotFound("pool", node.Pool, "The host was started without it.");
        LogHello(node.NodeId, node.Pool, hello.VCpus, hello.MemoryBytes);
        await call.WriteAsync(new NodeWelcome(pool.Idle.TotalSeconds, pool.Lease.TotalSeconds, pool.Renew.TotalSeconds) { BatchSeconds = pool.Batch.TotalSeconds }, ContractsJson.Default.NodeWelcome, cancel);
    }

    /// <summary>An agent leaves: no job is given to it any more. A job may have come for the pool in this moment, when the node still counted as one that waits for work: so the pool is looked at again.</summary>
    public async Task LeaveAsync(ApiCall call, CancellationToken cancel)
    {
        var node = AgentIdentity.Of(call, call["node"]);
        await nodes.UpdateAsync(node.NodeId, record => record with { Status = NodeStatus.Leaving, JobId = null, SeenAt = clock.GetUtcNow() }, cancel);
        LogLeft(node.NodeId);
        await scaling.GrowAsync(node.Pool, cancel);
        await call.EmptyAsync();
    }

    /// <summary>The node runs a job, or none.</summary>
    public Task WorksOnAsync(string nodeId, string? jobId, CancellationToken cancel) =>
        nodes.UpdateAsync(nodeId, record => record with
        {
            Status = jobId is not null ? NodeStatus.Busy : record.Status == NodeStatus.Leaving ? NodeStatus.Leaving : NodeStatus.Idle,
            JobId = jobId,
            FirstJobId = record.FirstJobId ?? jobId,
            SeenAt = clock.GetUtcNow(),
        }, cancel);

    /// <summary>The node has spoken.</summary>
    public Task SeenAsync(string nodeId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return nodes.UpdateAsync(nodeId, record => record.SeenAt is { } last && now - last < SeenStep ? record : record with { SeenAt = now }, cancel);
    }

    private static void Check(NodeHello hello, NodeIdentity node)
    {
        var errors = new List<FieldError>();
        if (hello.Pool != node.Pool)
            errors.Add(new FieldError("pool", $"The node belongs to pool '{node.Pool}', not {Shown.Quote(hello.Pool)}.", "Start the agent with the pool that made the node."));
        if (hello.VCpus is < 1 or > 4096)
            errors.Add(new FieldError("vCpus", $"The machine has {hello.VCpus} processors.", "Give 1 to 4,096."));
        if (hello.MemoryBytes < 1)
            errors.Add(new FieldError("memoryBytes", $"The machine has {hello.MemoryBytes} bytes of memory.", "Give at least 1."));
        if (hello.Gpus.Count > MaxGpus || hello.Gpus.Append(hello.Os).Append(hello.AgentVersion).Any(text => text.Length > 256))
            errors.Add(new FieldError("gpus", $"There are more than {MaxGpus} GPUs, or a text has more than 256 characters.", "Send less."));
        if (errors.Count > 0)
            throw Fail.Invalid(errors);
    }

    [LoggerMessage(6100, LogLevel.Information, "Node {NodeId} of pool '{Pool}' is here: {VCpus} processors, {MemoryBytes} bytes of memory.")]
    private partial void LogHello(string nodeId, string pool, int vCpus, long memoryBytes);

    [LoggerMessage(6101, LogLevel.Information, "Node {NodeId} leaves.")]
    private partial void LogLeft(string nodeId);
}
