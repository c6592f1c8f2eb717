using Serverless.Orchestrations.Sweeps;
using Serverless.Orchestrations.Tests.Rig;

namespace Serverless.Orchestrations.Tests.Sweeps;

public sealed class PoolSweepTests
{
    [Fact]
    public async Task Reaper_EveryQuarterMinute_LetsProvidersSweepOnceInTwoMinutes()
    {
        await using var bench = new Bench();
        for (var i = 0; i < 9; i++)
        {
            await bench.Get<Reaper>().RunAsync(TestContext.Current.CancellationToken);
            bench.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        Assert.Equal(2, bench.Pool.Sweeps);
    }
}
