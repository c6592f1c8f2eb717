using Serverless.Conformance.Doorbells;
using Serverless.Core.Doorbells;
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
        peer = await ServiceBusPeer.StartAsync(queues, [], TimeSpan.FromMinutes(1));
        bell = peer.Bell(ServiceBusPeer.Options(queues));
    }

    public ValueTask DisposeAsync() => peer!.DisposeAsync();

    protected override Task PassAsync(TimeSpan time) => peer!.PassAsync(time);
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
        peer = await ServiceBusPeer.StartAsync([], ["q", "other", "pool/a"], TimeSpan.FromMinutes(1));
        bell = peer.Bell(ServiceBusPeer.Options());
    }

    public ValueTask DisposeAsync() => peer!.DisposeAsync();

    protected override Task PassAsync(TimeSpan time) => peer!.PassAsync(time);
}
