using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Serverless.Core.Doorbells.Brokers;
using Serverless.Core.Ids;
using Serverless.Infra.Azure.Doorbells;
using Serverless.TestKit;

namespace Serverless.Infra.Azure.Tests.Services;

/// <summary>The broker of <c>servicebus.js</c>, for one test, and the hosts that speak to it. The clocks of both stand still until the test moves them.</summary>
internal sealed class ServiceBusPeer : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly X509Certificate2 certificate = Certificates.Make();
    private readonly List<IAsyncDisposable> made = [];
    private NodeProcess? node;
    private int port;

    /// <summary>The hosts' clock. It begins about now: what the client itself compares, it compares with the machine's.</summary>
    public ManualTime Clock { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));

    private ServiceBusPeer()
    {
    }

    /// <summary>Starts it.</summary>
    /// <param name="ordered">Queues with sessions.</param>
    /// <param name="plain">Queues without.</param>
    /// <param name="loan">How long a lock lasts.</param>
    public static async Task<ServiceBusPeer> StartAsync(string[] ordered, string[] plain, TimeSpan loan)
    {
        var cancel = TestContext.Current.CancellationToken;
        var peer = new ServiceBusPeer();
        await File.WriteAllTextAsync(peer.folder["cert.pem"], peer.certificate.ExportCertificatePem(), cancel);
        using var key = peer.certificate.GetRSAPrivateKey()!;
        await File.WriteAllTextAsync(peer.folder["key.pem"], PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8PrivateKey()), cancel);
        var settings = JsonSerializer.Serialize(new { plain, ordered, startMs = peer.Clock.GetUtcNow().ToUnixTimeMilliseconds(), lockMs = (int)loan.TotalMilliseconds, maxDeliveries = 10, duplicatesMs = 600_000 });
        peer.node = NodeProcess.Start("servicebus.js", null, peer.folder["cert.pem"], peer.folder["key.pem"], settings);
        peer.port = int.Parse(await peer.node.SaysAsync("listening at ", cancel));
        return peer;
    }

    /// <summary>Options of a host. The looks are the network's time, and real: long enough for a busy machine.</summary>
    public static ServiceBusDoorbellOptions Options(params IReadOnlyList<string> ordered) => new() { OrderedQueues = ordered, SessionLook = TimeSpan.FromSeconds(1.5), Look = TimeSpan.FromSeconds(1) };

    /// <summary>A broker as the product makes it.</summary>
    public ServiceBusBroker Broker(ServiceBusDoorbellOptions options)
    {
        var clients = ServiceBusClients.Make(Client, options);
        var broker = new ServiceBusBroker(clients, options, Clock);
        made.Add(clients);
        made.Add(broker);
        return broker;
    }

    /// <summary>A doorbell as the product makes it.</summary>
    public BrokeredDoorbell Bell(ServiceBusDoorbellOptions options)
    {
        var bell = new BrokeredDoorbell(Broker(options), new TimeOrderedIds(TimeProvider.System), Clock);
        made.Add(bell);
        return bell;
    }

    /// <summary>Makes something go wrong: <c>busy</c> sends are refused, <c>loseSends</c> are done and their answers lost.</summary>
    public Task FaultAsync(object faults) => TellAsync(new { op = "fault", faults });

    /// <summary>Lets a time pass, for the hosts and for the broker.</summary>
    public Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return PassAtBrokerAsync(time);
    }

    /// <summary>Lets a time pass for the broker alone: the hosts do nothing in it.</summary>
    public Task PassAtBrokerAsync(TimeSpan time) => TellAsync(new { op = "pass", ms = (int)time.TotalMilliseconds });

    /// <summary>Lets a time pass for the hosts until they have renewed a lock once more.</summary>
    public async Task PassUntilRenewedAsync()
    {
        var before = await RenewalsAsync();
        await Eventually.TrueAsync("a lock to be renewed", async () =>
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            return await RenewalsAsync() > before;
        }, cancel: TestContext.Current.CancellationToken);
    }

    /// <summary>Cuts all connections.</summary>
    public Task DropAsync() => TellAsync(new { op = "drop" });

    public async ValueTask DisposeAsync()
    {
        made.Reverse();
        foreach (var one in made)
            await one.DisposeAsync();
        if (node is not null)
            await node.DisposeAsync();
        certificate.Dispose();
        folder.Dispose();
    }

    private async Task<int> RenewalsAsync() => int.Parse((await TellAsync(new { op = "count" })).Split(' ')[2]);

    private Task<string> TellAsync(object command) => node!.TellAsync(JsonSerializer.Serialize(command), TestContext.Current.CancellationToken);

    private ServiceBusClient Client(ServiceBusClientOptions options)
    {
        options.CustomEndpointAddress = new Uri($"sb://127.0.0.1:{port}");
        options.CertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString();
        return new ServiceBusClient("test.servicebus.windows.net", new TestIdentity(), options);
    }
}
