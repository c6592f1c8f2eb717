using Serverless.Core.Compute;
using Serverless.Infra.Compute.Arm;
using Serverless.Infra.Compute.ScaleSets;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

public sealed class GrowthRuleTests
{
    /// <summary>Machines by their states' first letters: C(reating), R(unning), D(eleting), F(ailed).</summary>
    [Theory]
    [InlineData(2, 3, 0, true, "", 2)]
    [InlineData(8, 3, 0, true, "", 3)]
    [InlineData(2, 3, 2, true, "RR", null)]
    [InlineData(1, 3, 2, true, "RC", null)]
    [InlineData(2, 3, 2, false, "", null)]
    [InlineData(2, 3, 2, false, "C", null)]
    [InlineData(8, 8, 8, true, "RRRRR", 8)]
    [InlineData(2, 3, 2, true, "RF", 3)]
    [InlineData(3, 3, 2, true, "RF", 3)]
    [InlineData(1, 3, 0, true, "D", 2)]
    [InlineData(3, 3, 3, true, "RRD", null)]
    [InlineData(0, 3, 0, true, "", null)]
    [InlineData(-1, 3, 0, true, "", null)]
    public void Capacity_NeverEndsAMachine_NorPassesTheLimit(int wanted, int max, int capacity, bool settled, string states, int? expected)
    {
        var nodes = states.Select((state, i) => new ComputeNode($"n{i}", "p", "s", state switch
        {
            'C' => ComputeNodeState.Creating,
            'R' => ComputeNodeState.Running,
            'D' => ComputeNodeState.Deleting,
            _ => ComputeNodeState.Failed,
        }, DateTimeOffset.UnixEpoch)).ToList();
        Assert.Equal(expected, GrowthRule.Capacity(wanted, max, capacity, settled, nodes));
    }

    [Theory]
    [InlineData(2, 22, 4, 7)]
    [InlineData(2, 3, 4, null)]
    [InlineData(2, null, 4, null)]
    [InlineData(2, 22, null, null)]
    public void WithinQuota_TakesWhatTheRestAllows(int there, int? left, int? each, int? expected) => Assert.Equal(expected, GrowthRule.WithinQuota(there, left, each));

    [Theory]
    [InlineData(409, "OperationNotAllowed", "exceeding approved Cores quota. Current Limit: 10, Current Usage: 4, Additional Required: 8", ArmFailureKind.Quota, 6)]
    [InlineData(409, "QuotaExceeded", "no numbers", ArmFailureKind.Quota, null)]
    [InlineData(409, "OperationNotAllowed", "The VM is locked", ArmFailureKind.InProgress, null)]
    [InlineData(200, "AllocationFailed", "", ArmFailureKind.NoCapacity, null)]
    [InlineData(0, "", "connection refused", ArmFailureKind.Down, null)]
    [InlineData(403, "AuthorizationFailed", "", ArmFailureKind.Forbidden, null)]
    [InlineData(400, "InvalidParameter", "", ArmFailureKind.Wrong, null)]
    public void Failure_IsRead(int status, string code, string message, object kind, int? left)
    {
        var failure = ArmFailure.Read(status, code, message);
        Assert.Equal(((ArmFailureKind)kind, left), (failure.Kind, failure.QuotaLeft));
    }

    [Theory]
    [InlineData(1, 0, null, 1.0)]
    [InlineData(3, 3, null, 4.0)]
    [InlineData(1, 0, 17, 17.0)]
    [InlineData(1, 0, 61, null)]
    [InlineData(2, 50, 20, null)]
    [InlineData(5, 0, 0, null)]
    public void Retry_HonoursWhatAzureSays_WithinTheBounds(int tries, int waited, int? retryAfter, double? expected)
    {
        var rule = new RetryRule(5, TimeSpan.FromMinutes(1));
        TimeSpan? asked = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        Assert.Equal(expected, rule.Next(tries, TimeSpan.FromSeconds(waited), asked)?.TotalSeconds);
    }

    [Fact]
    public void RetryAfter_ADate_IsCountedFromNow()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromSeconds(30), RetryRule.RetryAfter("Thu, 01 Jan 2026 00:00:30 GMT", now));
        Assert.Equal(TimeSpan.Zero, RetryRule.RetryAfter("Wed, 31 Dec 2025 00:00:30 GMT", now));
        Assert.Null(RetryRule.RetryAfter("soon", now));
        Assert.Null(RetryRule.RetryAfter(null, now));
    }
}
