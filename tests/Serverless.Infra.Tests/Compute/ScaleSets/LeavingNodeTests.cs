using Microsoft.Extensions.Logging.Abstractions;
using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Core.Jobs;
using Serverless.Infra.Tests.Compute.FakeArm;
using Serverless.Orchestrations.Compute;
using Serverless.Orchestrations.Sweeps;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

/// <summary>What becomes of a scale set's machine whose agent leaves: the host's sweep over the fake of Azure.</summary>
public sealed class LeavingNodeTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private readonly MemoryDocumentStore documents = new();
    private FakeArmServer? arm;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeArmServer Arm => arm!;

    private NodeSet Nodes => new(documents);

    public async ValueTask InitializeAsync()
    {
        arm = await FakeArmServer.StartAsync(clock, Cancel);
        arm.Boot = TimeSpan.FromMinutes(2);
    }

    public ValueTask DisposeAsync() => Arm.DisposeAsync();

    [Fact]
    public async Task Agent_ThatLeavesIdle_HasItsMachineAndThenItsSetRemoved()
    {
        var node = await StartAsync();
        await SweepAsync();
        Assert.Single(await ScaleSetBench.Pool(Arm, clock).ListAsync("local", Cancel));

        await SaysAsync(node, NodeStatus.Leaving);
        clock.Advance(TimeSpan.FromSeconds(11));
        await SweepAsync();
        clock.Advance(TimeSpan.FromMinutes(3));
        await SweepAsync();
        clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(NodeStatus.Gone, (await Nodes.FindAsync(node, Cancel))!.Status);
        Assert.Empty(Arm.SetNames);
    }

    [Fact]
    public async Task Agent_ThatJustSaidGoodbye_IsGivenItsLastSeconds()
    {
        var node = await StartAsync();
        await SaysAsync(node, NodeStatus.Leaving);
        clock.Advance(TimeSpan.FromSeconds(5));

        await SweepAsync();

        Assert.Equal(ComputeNodeState.Running, Assert.Single(await ScaleSetBench.Pool(Arm, clock).ListAsync("local", Cancel)).State);
    }

    [Fact]
    public async Task Agent_ThatStartsAgainAfterItsGoodbye_KeepsItsMachine()
    {
        var node = await StartAsync();
        await SaysAsync(node, NodeStatus.Leaving);
        await SaysAsync(node, NodeStatus.Idle);
        clock.Advance(TimeSpan.FromSeconds(30));

        await SweepAsync();

        Assert.Equal(ComputeNodeState.Running, Assert.Single(await ScaleSetBench.Pool(Arm, clock).ListAsync("local", Cancel)).State);
    }

    [Fact]
    public async Task Machine_TakenWithoutNotice_IsNotedAsGoneOnceItsAgentIsSilent()
    {
        var node = await StartAsync();
        await ScaleSetBench.Pool(Arm, clock).TerminateAsync("local", node, Cancel);
        clock.Advance(TimeSpan.FromMinutes(5));

        await SweepAsync();

        Assert.Equal(NodeStatus.Gone, (await Nodes.FindAsync(node, Cancel))!.Status);
    }

    /// <summary>A machine that has come and whose agent has said hello.</summary>
    private async Task<string> StartAsync()
    {
        var pool = ScaleSetBench.Pool(Arm, clock);
        var node = Assert.Single(await pool.GrowAsync(new PoolTarget("local", 1), Cancel)).Id;
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Matches("^node-[0-9a-f-]{36}$", node);
        await Nodes.CreateAsync(new NodeRecord { Id = node, Pool = "local", Status = NodeStatus.Starting, CreatedAt = clock.GetUtcNow() }, Cancel);
        await SaysAsync(node, NodeStatus.Idle);
        return node;
    }

    private Task SaysAsync(string node, NodeStatus status) => Nodes.UpdateAsync(node, record => record with { Status = status, SeenAt = clock.GetUtcNow() }, Cancel);

    /// <summary>The parts of the reaper that are about machines, of a host that was just started.</summary>
    private async Task SweepAsync()
    {
        var pool = ScaleSetBench.Pool(Arm, clock);
        await new NodeSweep(new PoolNodes(Nodes, pool, NullLogger<PoolNodes>.Instance), new JobSet(documents), new PoolTable([new PoolOptions { Name = "local" }]), clock, NullLogger<NodeSweep>.Instance).RunAsync(Cancel);
        await new PoolSweep(pool, new RetentionOptions(), clock).RunAsync(Cancel);
    }
}
