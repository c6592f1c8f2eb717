using Serverless.Contracts.Compute;
using Serverless.Core.Compute;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Compute;

public sealed class NodeRulesTests
{
    private static readonly PoolOptions Pool = new();
    private static readonly DateTimeOffset T = Some.Start;

    private static ComputeNode Machine(ComputeNodeState state = ComputeNodeState.Running) => new("n", "local", "local", state, T);

    private static NodeRecord Record(double? seenAfter = null, NodeStatus status = NodeStatus.Idle) =>
        new() { Id = "n", Pool = "local", Status = status, CreatedAt = T, SeenAt = seenAfter is { } s ? T.AddSeconds(s) : null };

    private static bool Ended(ComputeNode? node, NodeRecord? record, bool holds, double after) => NodeRules.Why(Pool, node, record, holds, T.AddSeconds(after)) is not null;

    [Fact]
    public void Why_SpeaksOrBoots_IsLeftAlone()
    {
        Assert.False(Ended(Machine(), Record(), false, 59));
        Assert.False(Ended(Machine(), null, false, 59));
        Assert.False(Ended(Machine(), Record(3_600), false, 3_610));
        Assert.False(Ended(null, Record(), false, 59));
        Assert.False(Ended(null, Record(1), false, 61));
    }

    [Fact]
    public void Why_NeverSpokeFailedOrFellSilent_IsEnded()
    {
        Assert.True(Ended(Machine(), Record(), false, 61));
        Assert.True(Ended(Machine(), null, false, 61));
        Assert.True(Ended(Machine(ComputeNodeState.Failed), Record(1), false, 2));
        Assert.True(Ended(Machine(), Record(1), false, 200));
        Assert.True(Ended(Machine(), Record(1, NodeStatus.Gone), false, 2));
        Assert.True(Ended(null, Record(1), false, 200));
        Assert.True(Ended(null, Record(), false, 61));
    }

    [Fact]
    public void Why_AgentHasLeftAndTheMachineStays_IsEndedSoon()
    {
        Assert.False(Ended(Machine(), Record(100, NodeStatus.Leaving), false, 110));
        Assert.True(Ended(Machine(), Record(100, NodeStatus.Leaving), false, 111));
        Assert.False(Ended(Machine(ComputeNodeState.Deleting), Record(100, NodeStatus.Leaving), false, 150));
    }

    [Fact]
    public void Why_HoldsAJob_IsTheJobsWorkflowsMatter() => Assert.False(Ended(Machine(), Record(1), true, 9_999));
}
