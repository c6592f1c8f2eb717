using Microsoft.Extensions.Logging.Abstractions;
using Serverless.Core.Compute;
using Serverless.Core.Ids;
using Serverless.Infra.Local.Compute;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Infra.Tests.Compute;

/// <summary>Pools on one folder whose agents are shell scripts; everything they started is gone afterwards.</summary>
internal sealed class PoolBench : IAsyncDisposable
{
    /// <summary>An agent that does nothing until it is ended.</summary>
    public const string Sleeper = "sleep 600";

    private readonly List<ProcessComputePool> pools = [];

    public PoolBench()
    {
        Nodes = new NodeSet(new MemoryDocumentStore());
        Tokens = new LocalNodeTokens(Nodes, TimeProvider.System);
    }

    public TempFolder Folder { get; } = new();

    public NodeSet Nodes { get; }

    public LocalNodeTokens Tokens { get; }

    public string NodesFolder => Folder["run/nodes"];

    public string AgentFolder => Folder["agent"];

    /// <summary>A host's pool. The host answers at the given address; null: not yet.</summary>
    public ProcessComputePool Open(string script, string? url = "http://127.0.0.1:1/", int maxNodes = 3, Func<ProcessPoolOptions, ProcessPoolOptions>? change = null)
    {
        var options = new ProcessPoolOptions
        {
            Pool = new PoolOptions { MaxNodes = maxNodes },
            AgentCommand = ["/bin/sh", "-c", script, "agent"],
            NodesFolder = NodesFolder,
            AgentDataFolder = AgentFolder,
            PricePerHour = 0.36m,
            Grace = TimeSpan.FromSeconds(1),
            Look = TimeSpan.FromMilliseconds(20),
        };
        var address = new HostAddress();
        if (url is not null)
            address.Set(new Uri(url));
        var pool = new ProcessComputePool(
            change?.Invoke(options) ?? options, address, Tokens, Nodes, new TimeOrderedIds(TimeProvider.System), TimeProvider.System, NullLogger<ProcessComputePool>.Instance);
        pools.Add(pool);
        return pool;
    }

    /// <summary>What an agent wrote into a file of its folder, once the line is whole.</summary>
    public async Task<string[]> LinesAsync(string file, int count, CancellationToken cancel)
    {
        var path = Path.Combine(AgentFolder, file);
        await Eventually.TrueAsync($"{count} lines in {file}", () => File.Exists(path) && File.ReadAllText(path).Count(c => c == '\n') >= count, cancel: cancel);
        return await File.ReadAllLinesAsync(path, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in pools)
        {
            await pool.StopAsync(CancellationToken.None);
            await pool.DisposeAsync();
        }

        Folder.Dispose();
    }
}
