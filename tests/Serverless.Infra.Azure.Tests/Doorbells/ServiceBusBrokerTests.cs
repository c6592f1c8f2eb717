using Serverless.Conformance.Doorbells.Brokers;
using Serverless.Core.Doorbells.Brokers;
using Serverless.Infra.Azure.Tests.Services;

namespace Serverless.Infra.Azure.Tests.Doorbells;

public sealed class ServiceBusBrokerTests : RingBrokerConformance, IAsyncLifetime
{
    private static readonly TimeSpan Loan = TimeSpan.FromMinutes(1);
    private ServiceBusPeer? peer;
    private IRingBroker? broker;

    protected override IRingBroker Broker => broker!;

    public async ValueTask InitializeAsync()
    {
        peer = await ServiceBusPeer.StartAsync(["ordered"], ["plain"], Loan);
        broker = peer.Broker(ServiceBusPeer.Options("ordered"));
    }

    public ValueTask DisposeAsync() => peer!.DisposeAsync();

    protected override Task PassLoanAsync() => peer!.PassAsync(Loan + TimeSpan.FromSeconds(1));
}
