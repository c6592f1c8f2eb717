using System.Diagnostics;
using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Infra.Local.Compute;
using Serverless.Infra.Local.Unix;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute;

/// <summary>What a host finds that starts after another was killed: processes that are not its children, and the files that say what they are.</summary>
public sealed class NodeRecoveryTests : IAsyncDisposable
{
    private const string Here = "http://127.0.0.1:1/";
    private readonly PoolBench bench = new();
    private readonly List<int> left = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LivingNodeOfThisAddress_IsTakenOver_AndCounts()
    {
        var process = await LeaveAsync("node-left", Here);
        var token = await bench.Tokens.IssueAsync("local", "node-left", Cancel);
        var pool = bench.Open(PoolBench.Sleeper);
        Assert.Equal("node-left", Assert.Single(await pool.GrowAsync(new PoolTarget("local", 1), Cancel)).Id);
        Assert.NotNull(await bench.Tokens.IdentifyAsync(token, Cancel));

        Libc.Kill(process, Libc.SigKill);
        await GoneAsync("node-left");
        Assert.Empty(await pool.ListAsync("local", Cancel));
    }

    [Fact]
    public async Task LivingNode_IsTerminatedLikeAChild()
    {
        var process = await LeaveAsync("node-left", Here);
        var pool = bench.Open(PoolBench.Sleeper);
        await pool.TerminateAsync("local", "node-left", Cancel);
        Assert.Null(ProcessIdentity.Of(process));
        Assert.Empty(await pool.ListAsync("local", Cancel));
    }

    [Fact]
    public async Task LivingNodeOfAnotherAddress_IsEnded()
    {
        var process = await LeaveAsync("node-left", "http://127.0.0.1:2/");
        var pool = bench.Open(PoolBench.Sleeper);
        await pool.ListAsync("local", Cancel);
        await Eventually.TrueAsync("the stranger has ended", () => ProcessIdentity.Of(process) is null, cancel: Cancel);
        await Eventually.TrueAsync("the pool is empty", async () => (await pool.ListAsync("local", Cancel)).Count == 0, cancel: Cancel);
    }

    [Fact]
    public async Task NumberGivenToAnotherProcess_IsLeftAlone_AndTheNodeIsGone()
    {
        var stranger = await SpawnAsync("node-other");
        new NodeFile("node-left", "local", Here, DateTimeOffset.UnixEpoch, stranger, "boot/1").Write(Folder());
        await bench.Tokens.IssueAsync("local", "node-left", Cancel);
        var pool = bench.Open(PoolBench.Sleeper);
        Assert.Empty(await pool.ListAsync("local", Cancel));
        Assert.NotNull(ProcessIdentity.Of(stranger));
        await GoneAsync("node-left");
        Assert.Empty(Directory.GetFiles(bench.NodesFolder, "*.json"));
    }

    [Fact]
    public async Task HostKilledBetweenStartAndNote_TheNodeIsFoundByItsArguments()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Arguments of other processes are read from /proc.");
        var process = await SpawnAsync("node-left");
        new NodeFile("node-left", "local", Here, DateTimeOffset.UnixEpoch).Write(Folder());
        var pool = bench.Open(PoolBench.Sleeper);
        Assert.Equal("node-left", Assert.Single(await pool.ListAsync("local", Cancel)).Id);
        await pool.TerminateAsync("local", "node-left", Cancel);
        Assert.Null(ProcessIdentity.Of(process));
    }

    [Fact]
    public async Task RecordsWithoutAProcess_AreClosed_TornFilesRemoved()
    {
        await bench.Tokens.IssueAsync("local", "node-lost", Cancel);
        await bench.Tokens.IssueAsync("elsewhere", "node-elsewhere", Cancel);
        await File.WriteAllTextAsync(Path.Combine(Folder(), "node-torn.json"), "{\"nodeId\":", Cancel);
        await bench.Open(PoolBench.Sleeper).ListAsync("local", Cancel);
        await GoneAsync("node-lost");
        Assert.Equal(NodeStatus.Starting, (await bench.Nodes.FindAsync("node-elsewhere", Cancel))!.Status);
        Assert.Empty(Directory.GetFiles(bench.NodesFolder, "*.json"));
    }

    [Fact]
    public async Task RecordsOfNodesLongGone_AreRemoved()
    {
        var record = new NodeRecord { Id = "node-old", Pool = "local", Status = NodeStatus.Gone, CreatedAt = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(31) };
        await bench.Nodes.CreateAsync(record, Cancel);
        await bench.Nodes.CreateAsync(record with { Id = "node-late", CreatedAt = record.CreatedAt + TimeSpan.FromDays(2) }, Cancel);
        await bench.Open(PoolBench.Sleeper).ListAsync("local", Cancel);
        Assert.Null(await bench.Nodes.FindAsync("node-old", Cancel));
        Assert.NotNull(await bench.Nodes.FindAsync("node-late", Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        foreach (var session in left)
            Libc.Kill(-session, Libc.SigKill);
    }

    private async Task<int> LeaveAsync(string node, string url)
    {
        var process = await SpawnAsync(node);
        new NodeFile(node, "local", url, DateTimeOffset.UnixEpoch, process, ProcessIdentity.Of(process)).Write(Folder());
        return process;
    }

    private string Folder() => Directory.CreateDirectory(bench.NodesFolder).FullName;

    /// <summary>Starts a process that is not our child: its parent ends at once.</summary>
    private async Task<int> SpawnAsync(string node)
    {
        using var parent = Process.Start(new ProcessStartInfo("/bin/sh",
            ["-c", "setsid sh -c 'sleep 600 & wait' agent --node " + node + " > /dev/null 2>&1 & echo $!"])
        { RedirectStandardOutput = true })!;
        var process = int.Parse(await parent.StandardOutput.ReadLineAsync(Cancel) ?? "");
        await parent.WaitForExitAsync(Cancel);
        left.Add(process);
        await Eventually.TrueAsync("the process is an agent", () => File.ReadAllText($"/proc/{process}/cmdline").Contains("sleep 600", StringComparison.Ordinal), cancel: Cancel);
        await Eventually.TrueAsync("it has its own session", () => ProcessTable.Find(process)!.Value.Session == process, cancel: Cancel);
        return process;
    }

    private Task GoneAsync(string node) => Eventually.TrueAsync(
        $"the node {node} is gone",
        async () => await bench.Nodes.FindAsync(node, Cancel) is { Status: NodeStatus.Gone, TokenSha256: null },
        cancel: Cancel);
}
