using Azure.Core;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Documents.Rows;
using Serverless.Core.Doorbells;
using Serverless.Core.Doorbells.Brokers;
using Serverless.Core.Ids;
using Serverless.Core.Secrets;
using Serverless.Infra.Azure.Artifacts;
using Serverless.Infra.Azure.Documents;
using Serverless.Infra.Azure.Doorbells;
using Serverless.Infra.Azure.Identities;
using Serverless.Infra.Azure.Secrets;

namespace Serverless.Infra.Azure;

/// <summary>Brings the ports in Azure into a host.</summary>
public static class AzureInfrastructureRegistration
{
    /// <summary>Adds artifacts in blobs, documents in a table, the doorbell in Service Bus and secrets in Key Vault, all by the host's identity. A credential that the host has registered is used instead.</summary>
    /// <exception cref="Serverless.Core.Failures.ServerlessException"><c>invalid_input</c> with everything that is wrong with the options.</exception>
    public static IServiceCollection AddAzureInfrastructure(this IServiceCollection services, AzureInfrastructureOptions options)
    {
        options.Check();
        AddStores(services, options);
        services.AddSingleton(options.Doorbell);
        services.AddSingleton(host => ServiceBusClients.Make(
            client => new ServiceBusClient(options.ServiceBusNamespace, host.GetRequiredService<TokenCredential>(), client), options.Doorbell));
        services.AddSingleton<IRingBroker, ServiceBusBroker>();
        services.AddSingleton<IDoorbell, BrokeredDoorbell>();

        services.AddSingleton(host => new SecretClient(new Uri(options.KeyVaultEndpoint), host.GetRequiredService<TokenCredential>()));
        services.AddSingleton<ISecretStore, KeyVaultSecretStore>();
        return services;
    }

    /// <summary>Adds artifacts in blobs and documents in a table alone, for a host that rings nobody and knows no secrets.</summary>
    /// <exception cref="Serverless.Core.Failures.ServerlessException"><c>invalid_input</c> with everything that is wrong with the options.</exception>
    public static IServiceCollection AddAzureStores(this IServiceCollection services, AzureInfrastructureOptions options)
    {
        options.CheckStores();
        AddStores(services, options);
        return services;
    }

    /// <summary>Adds another container of the same account as an <see cref="IArtifactStore"/> with the container's name as its key: where people drop files.</summary>
    /// <param name="services">The host's services, with those of <see cref="AddAzureInfrastructure"/>.</param>
    /// <param name="container">The container.</param>
    public static IServiceCollection AddAzureDrop(this IServiceCollection services, string container) =>
        services.AddKeyedSingleton<IArtifactStore>(container, (host, _) => new BlobArtifactStore(
            host.GetRequiredService<BlobServiceClient>(), host.GetRequiredService<BlobStoreOptions>() with { Container = container },
            host.GetRequiredService<IAddressKey>(), host.GetRequiredService<IIdSource>(), host.GetRequiredService<TimeProvider>()));

    private static void AddStores(IServiceCollection services, AzureInfrastructureOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, TimeOrderedIds>();
        services.TryAddSingleton(_ => HostIdentity.Of(options.ManagedIdentityClientId));
        services.AddLogging();

        services.AddSingleton(options.Artifacts);
        services.AddSingleton(host => new BlobServiceClient(new Uri(options.BlobEndpoint), host.GetRequiredService<TokenCredential>()));
        services.AddSingleton<IAddressKey, DelegatedKey>();
        services.AddSingleton<IArtifactStore, BlobArtifactStore>();

        services.AddSingleton(host => new TableRowStore(
            TablePipeline.Make(host.GetRequiredService<TokenCredential>(), new TablePipelineOptions(), host.GetRequiredService<TimeProvider>()), new Uri(options.TableEndpoint), options.Table));
        services.AddSingleton<IRowStore>(host => host.GetRequiredService<TableRowStore>());
        services.AddSingleton<IDocumentStore, RowDocumentStore>();
        services.AddHostedService<TableLifetime>();
    }
}
