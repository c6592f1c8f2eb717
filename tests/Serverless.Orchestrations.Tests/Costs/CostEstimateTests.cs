using Serverless.Contracts.Jobs;
using Serverless.Core.Costs;

namespace Serverless.Orchestrations.Tests.Costs;

public sealed class CostEstimateTests
{
    [Theory]
    [InlineData(0.526, 3600, 0, 3, 1, 0.526, 1.578)]
    [InlineData(0.526, 3570, 30, 1, 1, 0.526, 0.526)]
    [InlineData(1.0, 1800, 0, 2, 4, 2.0, 4.0)]
    [InlineData(0, 86400, 30, 3, 1, 0, 0)]
    public void Of_CountsRunAndGraceOfEveryNode(double price, int run, int grace, int attempts, int nodes, double one, double all)
    {
        var limits = new LimitSpec { MaxRunSeconds = run, GraceSeconds = grace, MaxAttempts = attempts };
        Assert.Equal(new CostEstimate((decimal)one, (decimal)all, "USD"), CostEstimate.Of((decimal)price, "USD", limits, nodes));
    }

    [Fact]
    public void Of_NoNodeOrNegativePrice_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CostEstimate.Of(1, "USD", new LimitSpec(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostEstimate.Of(-1, "USD", new LimitSpec()));
    }
}
