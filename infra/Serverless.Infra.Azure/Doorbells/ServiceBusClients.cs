using Azure.Messaging.ServiceBus;

namespace Serverless.Infra.Azure.Doorbells;

/// <summary>Two connections to one namespace: asking for the next session takes as long as a try may take, so it has a client of its own with short ones.</summary>
/// <param name="Main">For all but that.</param>
/// <param name="Sessions">For that.</param>
internal sealed record ServiceBusClients(ServiceBusClient Main, ServiceBusClient Sessions) : IAsyncDisposable
{
    /// <summary>Makes both.</summary>
    /// <param name="make">Makes a client with some options.</param>
    /// <param name="options">How long a look for a session may take.</param>
    public static ServiceBusClients Make(Func<ServiceBusClientOptions, ServiceBusClient> make, ServiceBusDoorbellOptions options) => new(
        make(new ServiceBusClientOptions { RetryOptions = { TryTimeout = TimeSpan.FromSeconds(30), MaxRetries = 3 } }),
        make(new ServiceBusClientOptions { RetryOptions = { TryTimeout = options.SessionLook, MaxRetries = 0 } }));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Main.DisposeAsync();
        await Sessions.DisposeAsync();
    }
}
