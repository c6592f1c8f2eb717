using Serverless.Conformance.Doorbells.Brokers;
using Serverless.Core.Doorbells.Brokers;
using Serverless.TestKit;
using Serverless.TestKit.Fakes;

namespace Serverless.Orchestrations.Tests.Doorbells;

public sealed class MemoryBrokerTests : RingBrokerConformance
{
    private readonly ManualTime clock = new();
    private readonly MemoryBroker broker;

    public MemoryBrokerTests() => broker = new MemoryBroker(clock, queue => queue == "ordered");

    protected override IRingBroker Broker => broker;

    protected override Task PassLoanAsync()
    {
        clock.Advance(broker.Loan + TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }
}
