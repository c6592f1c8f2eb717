using Serverless.Conformance.Doorbells.Brokers;
using Serverless.Core.Doorbells.Brokers;
using Serverless.Infra.Azure.Doorbells;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Doorbells;

public sealed class ServiceBusBrokerTests : RingBrokerConformance, IAsyncLifetime
{
    private ServiceBusPeer? peer;
    private IRingBroker? broker;

    protected override IRingBroker Broker => broker!;

    public async ValueTask InitializeAsync()
    {
        peer = await ServiceBusPeer.StartAsync(["ordered"], ["plain"], TimeSpan.FromSeconds(1.5));
        broker = peer.Broker(new ServiceBusDoorbellOptions { OrderedQueues = ["ordered"], SessionLook = TimeSpan.FromSeconds(0.5), Look = TimeSpan.FromSeconds(0.4) });
    }

    public ValueTask DisposeAsync() => peer!.DisposeAsync();

    protected override Task PassLoanAsync() => Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Cancel);
}
