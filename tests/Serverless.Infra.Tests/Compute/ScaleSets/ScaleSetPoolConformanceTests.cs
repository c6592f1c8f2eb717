using Serverless.Conformance.Compute;
using Serverless.Core.Compute;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Tests.Compute.FakeArm;

namespace Serverless.Infra.Tests.Compute.ScaleSets;

public sealed class ScaleSetPoolConformanceTests : ComputePoolConformance, IAsyncLifetime
{
    private FakeArmServer? arm;
    private ScaleSetPool? pool;

    protected override IComputePool Pool => pool!;

    public async ValueTask InitializeAsync()
    {
        arm = await FakeArmServer.StartAsync(TimeProvider.System, Cancel);
        pool = ScaleSetBench.Pool(arm, TimeProvider.System, ScaleSetBench.Template(MaxNodes));
    }

    public ValueTask DisposeAsync() => arm!.DisposeAsync();
}
