using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Failures;
using Serverless.Core.Secrets;
using Serverless.Infra.Azure.Artifacts;
using Serverless.Infra.Azure.Doorbells;

namespace Serverless.Infra.Azure.Tests;

public sealed class AzureInfrastructureTests
{
    private static readonly AzureInfrastructureOptions Good = new()
    {
        BlobEndpoint = "https://name.blob.core.windows.net",
        TableEndpoint = "https://name.table.core.windows.net/",
        ServiceBusNamespace = "name.servicebus.windows.net",
        KeyVaultEndpoint = "https://name.vault.azure.net/",
        ManagedIdentityClientId = "00000000-0000-0000-0000-000000000002",
    };

    [Fact]
    public async Task Add_GoodOptions_BringsEveryPort()
    {
        await using var host = new ServiceCollection().AddLogging().AddAzureInfrastructure(Good).BuildServiceProvider(validateScopes: true);
        Assert.NotNull(host.GetRequiredService<IArtifactStore>());
        Assert.NotNull(host.GetRequiredService<IDocumentStore>());
        Assert.NotNull(host.GetRequiredService<IDoorbell>());
        Assert.NotNull(host.GetRequiredService<ISecretStore>());
        Assert.Single(host.GetServices<IHostedService>());
        Assert.IsType<ManagedIdentityCredential>(host.GetRequiredService<TokenCredential>());
    }

    [Fact]
    public void Add_NoIdentityNamed_TakesTheEnvironments()
    {
        using var host = new ServiceCollection().AddAzureInfrastructure(Good with { ManagedIdentityClientId = null }).BuildServiceProvider();
        Assert.IsType<DefaultAzureCredential>(host.GetRequiredService<TokenCredential>());
    }

    [Fact]
    public void Add_BadOptions_SaysAllThatIsWrong()
    {
        var bad = new AzureInfrastructureOptions
        {
            BlobEndpoint = "http://name.blob.core.windows.net",
            TableEndpoint = "https://name.table.core.windows.net/?sig=x",
            ServiceBusNamespace = "sb://name",
            KeyVaultEndpoint = "",
            ManagedIdentityClientId = "me",
            Table = "my-table",
            Artifacts = new BlobStoreOptions { Container = "A--b", BlockBytes = 1, AppendBytes = 8 << 20 },
            Doorbell = new ServiceBusDoorbellOptions { SessionLook = TimeSpan.FromHours(1), Look = TimeSpan.Zero, MaxDeadRead = 1 },
        };
        var refused = Assert.Throws<ServerlessException>(() => new ServiceCollection().AddAzureInfrastructure(bad));
        Assert.Equal(
            ["artifacts.appendBytes", "artifacts.blockBytes", "artifacts.container", "blobEndpoint", "doorbell.look (ms)", "doorbell.maxDeadRead", "doorbell.sessionLook (ms)",
                "keyVaultEndpoint", "managedIdentityClientId", "serviceBusNamespace", "table", "tableEndpoint"],
            refused.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
        Assert.All(refused.Errors, error => Assert.NotEmpty(error.Cure!));
    }
}
