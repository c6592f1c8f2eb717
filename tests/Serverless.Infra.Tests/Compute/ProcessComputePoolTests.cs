using Serverless.Conformance.Compute;
using Serverless.Contracts.Compute;
using Serverless.Contracts.Problems;
using Serverless.Core.Compute;
using Serverless.Core.Failures;
using Serverless.Infra.Local.Unix;
using Serverless.TestKit;

namespace Serverless.Infra.Tests.Compute;

public sealed class ProcessComputePoolConformanceTests : ComputePoolConformance, IAsyncDisposable
{
    private readonly PoolBench bench = new();

    public ProcessComputePoolConformanceTests() => Pool = bench.Open(PoolBench.Sleeper, maxNodes: MaxNodes);

    protected override IComputePool Pool { get; }

    public ValueTask DisposeAsync() => bench.DisposeAsync();
}

public sealed class ProcessComputePoolTests : IAsyncDisposable
{
    private readonly PoolBench bench = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grow_Agent_GetsItsArgumentsAndItsTokenByTheEnvironmentAlone()
    {
        Environment.SetEnvironmentVariable("SERVERLESS_KEY", "the-admin-key");
        var pool = bench.Open("printf '%s\\n' \"$@\" > arguments; env > variables; sleep 600", change: options => options with { AlgorithmsPath = "/a b/algorithms" });
        var node = (await pool.GrowAsync(new PoolTarget("local", 1), Cancel))[0];
        Assert.Equal(
            ["--host", "http://127.0.0.1:1/", "--pool", "local", "--node", node.Id, "--data", bench.AgentFolder, "--algorithms", "/a b/algorithms"],
            await bench.LinesAsync("arguments", 10, Cancel));
        var own = (await bench.LinesAsync("variables", 2, Cancel)).Where(line => line.StartsWith("SERVERLESS_", StringComparison.Ordinal));
        var token = Assert.Single(own).Split('=', 2);
        Assert.Equal("SERVERLESS_NODE_TOKEN", token[0]);
        Assert.Equal(new NodeIdentity(node.Id, "local"), await bench.Tokens.IdentifyAsync(token[1], Cancel));
        var record = await bench.Nodes.FindAsync(node.Id, Cancel);
        Assert.Equal(NodeStatus.Starting, record!.Status);
        Assert.DoesNotContain(token[1], record.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_LeavesByItself_IsGoneAndItsTokenProvesNothing()
    {
        var pool = bench.Open("echo $SERVERLESS_NODE_TOKEN > token; while [ ! -e leave ]; do sleep 0.02; done");
        var node = (await pool.GrowAsync(new PoolTarget("local", 1), Cancel))[0];
        var token = (await bench.LinesAsync("token", 1, Cancel))[0];
        Assert.NotNull(await bench.Tokens.IdentifyAsync(token, Cancel));
        await File.WriteAllTextAsync(Path.Combine(bench.AgentFolder, "leave"), "", Cancel);
        await GoneAsync(node.Id);
        Assert.Null(await bench.Tokens.IdentifyAsync(token, Cancel));
        Assert.Empty(await pool.ListAsync("local", Cancel));
        Assert.Empty(Directory.GetFiles(bench.NodesFolder, "*.json"));
    }

    [Fact]
    public async Task Terminate_AgentThatIgnoresIt_IsKilledWithAllItsProcesses()
    {
        var pool = bench.Open("trap '' TERM; sleep 600 & echo $! >> pids; setsid sh -c 'echo $$ >> pids; sleep 600 & echo $! >> pids; wait' & sleep 600");
        var node = (await pool.GrowAsync(new PoolTarget("local", 1), Cancel))[0];
        var pids = await bench.LinesAsync("pids", 3, Cancel);
        await pool.TerminateAsync("local", node.Id, Cancel);
        Assert.Empty(await pool.ListAsync("local", Cancel));
        Assert.All(pids, AssertDead);
        await GoneAsync(node.Id);
    }

    [Fact]
    public async Task Agent_Killed_TakesItsProcessesWithIt()
    {
        var pool = bench.Open("echo $$ > agent; sleep 600 & echo $! > child; wait");
        var node = (await pool.GrowAsync(new PoolTarget("local", 1), Cancel))[0];
        var agent = int.Parse((await bench.LinesAsync("agent", 1, Cancel))[0]);
        var child = (await bench.LinesAsync("child", 1, Cancel))[0];
        Libc.Kill(agent, Libc.SigKill);
        await GoneAsync(node.Id);
        AssertDead(child);
    }

    [Fact]
    public async Task Stop_EndsEveryNode_AndStartsNoMore()
    {
        var pool = bench.Open("echo $$ >> pids; exec sleep 600");
        await pool.GrowAsync(new PoolTarget("local", 3), Cancel);
        var pids = await bench.LinesAsync("pids", 3, Cancel);
        await pool.StopAsync(Cancel);
        Assert.All(pids, AssertDead);
        Assert.Equal(ProblemCodes.Unavailable, (await Assert.ThrowsAsync<ServerlessException>(() => pool.GrowAsync(new PoolTarget("local", 1), Cancel))).Code);
    }

    [Fact]
    public async Task Grow_ProgramNotThere_SaysSoAndLeavesNothing()
    {
        var pool = bench.Open("", change: options => options with { AgentCommand = ["/none/agent"] });
        var failed = await Assert.ThrowsAsync<ServerlessException>(() => pool.GrowAsync(new PoolTarget("local", 1), Cancel));
        Assert.Equal(ProblemCodes.Unavailable, failed.Code);
        Assert.Contains("/none/agent", failed.Message, StringComparison.Ordinal);
        Assert.Empty(await pool.ListAsync("local", Cancel));
        Assert.Empty(Directory.GetFiles(bench.NodesFolder, "*.json"));
    }

    [Fact]
    public async Task Grow_AgentThatEndsAtOnce_IsNotStartedAgainAndAgain()
    {
        var pool = bench.Open("echo started >> starts; echo broken glass >&2; exit 134");
        var refused = 0;
        ServerlessException? last = null;
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await pool.GrowAsync(new PoolTarget("local", 1), Cancel);
                await Eventually.TrueAsync("the node has ended", async () => (await pool.ListAsync("local", Cancel)).Count == 0, cancel: Cancel);
            }
            catch (ServerlessException pause)
            {
                last = pause;
                refused++;
            }
        }

        Assert.True(refused > 190, $"{refused} of 200 were refused.");
        Assert.True(last!.Retryable);
        Assert.Contains("134", last.Message, StringComparison.Ordinal);
        Assert.Contains("broken glass", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_FloodsItsOutput_LogIsBounded()
    {
        var pool = bench.Open("i=0; while [ $i -lt 2000 ]; do echo 0123456789012345678901234567890123456789; i=$((i+1)); done; echo done > flooded; sleep 600",
            change: options => options with { MaxLogBytes = 10_000 });
        var node = (await pool.GrowAsync(new PoolTarget("local", 1), Cancel))[0];
        await bench.LinesAsync("flooded", 1, Cancel);
        var log = await File.ReadAllTextAsync(Path.Combine(bench.NodesFolder, node.Id + ".log"), Cancel);
        Assert.InRange(log.Length, 10_000, 10_100);
        Assert.Contains("dropped", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grow_HostDoesNotListenYet_WaitsForItsAddress()
    {
        var pool = bench.Open(PoolBench.Sleeper, url: null);
        using var source = new CancellationTokenSource();
        var growing = pool.GrowAsync(new PoolTarget("local", 1), source.Token);
        Assert.False(growing.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => growing);
        Assert.Empty(await pool.ListAsync("local", Cancel));
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private Task GoneAsync(string node) => Eventually.TrueAsync(
        $"the node {node} is gone",
        async () => await bench.Nodes.FindAsync(node, Cancel) is { Status: NodeStatus.Gone, TokenSha256: null },
        cancel: Cancel);

    private static void AssertDead(string process) => Assert.Null(ProcessIdentity.Of(int.Parse(process)));
}
