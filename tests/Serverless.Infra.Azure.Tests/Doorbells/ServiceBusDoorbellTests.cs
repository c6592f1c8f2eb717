using Serverless.Conformance.Doorbells;
using Serverless.Core.Doorbells;
using Serverless.Infra.Azure.Doorbells;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Doorbells;

/// <summary>Queues with sessions.</summary>
public sealed class ServiceBusDoorbellInOrderTests : DoorbellConformance, IAsyncLifetime
{
    private ServiceBusPeer? peer;
    private IDoorbell? bell;

    protected override IDoorbell Bell => bell!;

    public async ValueTask InitializeAsync()
    {
        string[] queues = ["q", "other", "pool/a"];
        peer = await ServiceBusPeer.StartAsync(queues, [], TimeSpan.FromSeconds(4));
        bell = peer.Bell(new ServiceBusDoorbellOptions { OrderedQueues = queues, SessionLook = TimeSpan.FromSeconds(0.5), Look = TimeSpan.FromSeconds(0.4) });
    }

    public ValueTask DisposeAsync() => peer!.DisposeAsync();

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Cancel);
}

/// <summary>Queues without.</summary>
public sealed class ServiceBusDoorbellPlainTests : DoorbellConformance, IAsyncLifetime
{
    private ServiceBusPeer? peer;
    private IDoorbell? bell;

    protected override IDoorbell Bell => bell!;

    protected override bool KeepsOrder => false;

    public async ValueTask InitializeAsync()
    {
        peer = await ServiceBusPeer.StartAsync([], ["q", "other", "pool/a"], TimeSpan.FromSeconds(4));
        bell = peer.Bell(new ServiceBusDoorbellOptions { OrderedQueues = [], Look = TimeSpan.FromSeconds(0.4) });
    }

    public ValueTask DisposeAsync() => peer!.DisposeAsync();

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, Cancel);
}
