using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Core.Ids;

namespace Serverless.Infra.Local.Compute;

/// <summary>
/// Nodes that are processes of this machine, 0 → n → 0. None is ever orphaned: what a killed host has left is found again by the next one.
/// See <c>docs/mechanisms/local-nodes.md</c>.
/// </summary>
public sealed partial class ProcessComputePool : IComputePool, IAsyncDisposable
{
    private const string Size = "local";

    private readonly ProcessPoolOptions options;
    private readonly HostAddress address;
    private readonly INodeTokens tokens;
    private readonly NodeSet nodes;
    private readonly IIdSource ids;
    private readonly TimeProvider clock;
    private readonly ILogger<ProcessComputePool> log;
    private readonly NodeLauncher launcher;
    private readonly StartBackoff backoff;
    private readonly ConcurrentDictionary<string, NodeProcess> processes = new();
    private readonly SemaphoreSlim growing = new(1, 1);
    private readonly CancellationTokenSource stopped = new();
    private Task? recovery;

    /// <summary>Makes the pool; <see cref="RecoverAsync"/> looks for the nodes of an earlier host, at the latest when the pool is first used.</summary>
    /// <param name="options">How nodes are started.</param>
    /// <param name="address">Where agents find the host.</param>
    /// <param name="tokens">What agents prove themselves with.</param>
    /// <param name="nodes">The nodes' records.</param>
    /// <param name="ids">Names nodes.</param>
    /// <param name="clock">Measures.</param>
    /// <param name="log">Says what happens to nodes.</param>
    public ProcessComputePool(
        ProcessPoolOptions options, HostAddress address, INodeTokens tokens, NodeSet nodes, IIdSource ids, TimeProvider clock, ILogger<ProcessComputePool> log)
    {
        this.options = options;
        this.address = address;
        this.tokens = tokens;
        this.nodes = nodes;
        this.ids = ids;
        this.clock = clock;
        this.log = log;
        launcher = new NodeLauncher(options);
        backoff = new StartBackoff(clock);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ComputeOffer>> OffersAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<ComputeOffer>>(
    [
        new ComputeOffer
        {
            Pool = options.Pool.Name,
            Size = Size,
            VCpus = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            Gpus = LocalGpus.Read(options.GpuFolder),
            PricePerHour = options.PricePerHour,
            Currency = options.Currency,
            PriceSource = "the host's own options",
            PriceVerified = true,
        },
    ]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ComputeShortage>> ShortagesAsync(string pool, CancellationToken cancel)
    {
        Check(pool);
        return Task.FromResult<IReadOnlyList<ComputeShortage>>([]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeNode>> GrowAsync(PoolTarget target, CancellationToken cancel)
    {
        Check(target.Pool);
        await RecoverAsync(cancel);
        await growing.WaitAsync(cancel);
        try
        {
            while (Usable() < target.Count && processes.Count < options.Pool.MaxNodes)
            {
                if (stopped.IsCancellationRequested)
                    throw new ServerlessException(ProblemCodes.Unavailable, "The host is stopping and starts no more nodes.", "Try again once it is back.", retryable: true);
                backoff.Check();
                await StartAsync(cancel);
            }
        }
        finally
        {
            growing.Release();
        }

        return List();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ComputeNode>> ListAsync(string pool, CancellationToken cancel)
    {
        Check(pool);
        await RecoverAsync(cancel);
        return List();
    }

    /// <inheritdoc/>
    public async Task TerminateAsync(string pool, string nodeId, CancellationToken cancel)
    {
        Check(pool);
        await RecoverAsync(cancel);
        if (processes.TryGetValue(nodeId, out var node))
            await EndAsync(node, cancel);
    }

    /// <inheritdoc/>
    /// <remarks>A process that ends leaves nothing.</remarks>
    public Task<int> SweepAsync(CancellationToken cancel) => Task.FromResult(0);

    /// <summary>Ends every node, as a host does that stops: nobody would speak to them any more.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        await stopped.CancelAsync();
        await growing.WaitAsync(cancel);
        growing.Release();
        await Task.WhenAll(processes.Values.Select(node => EndAsync(node, cancel)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await stopped.CancelAsync();

    private async Task StartAsync(CancellationToken cancel)
    {
        var host = await address.GetAsync(cancel);
        var id = ids.Next("node");
        var token = await tokens.IssueAsync(options.Pool.Name, id, cancel);
        try
        {
            Directory.CreateDirectory(options.AgentDataFolder);
            var node = launcher.Start(new NodeFile(id, Size, host.ToString(), clock.GetUtcNow()), token);
            LogStarted(id, options.Pool.Name, node.ProcessId);
            Watch(node);
        }
        catch (Exception failed)
        {
            backoff.Failed(failed.Message);
            NodeFile.Remove(options.NodesFolder, id);
            await ForgetAsync(id);
            throw;
        }
    }

    /// <summary>SIGTERM, a grace period, then the whole process tree is killed.</summary>
    private async Task EndAsync(NodeProcess node, CancellationToken cancel)
    {
        node.Terminate();
        await node.Gone.WaitAsync(options.Grace, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
        if (node.Gone.IsCompleted)
            return;
        LogKilling(node.File.NodeId, options.Grace);
        if (!await node.KillAsync(clock, cancel))
            throw new ServerlessException(ProblemCodes.Unavailable,
                $"The node '{node.File.NodeId}' (process {node.ProcessId}) could not be killed.", "The system holds one of its processes; it is tried again.", retryable: true);
        await node.Gone.WaitAsync(cancel);
    }

    private int Usable() => processes.Values.Count(node => !node.IsEnding);

    private List<ComputeNode> List() => [.. processes.Values.Select(node => node.Node).OrderBy(node => node.Id, StringComparer.Ordinal)];

    private void Check(string pool)
    {
        if (pool != options.Pool.Name)
            throw Fail.NotFound("pool", pool, $"The pool of this machine is '{options.Pool.Name}'.");
    }
}
