using System.Security.Cryptography;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Api;
using Serverless.Api.EndpointHosts;
using Serverless.Api.Uploads;
using Serverless.Core.Artifacts;
using Serverless.Core.Budgets;
using Serverless.Core.Compute;
using Serverless.Core.Doorbells;
using Serverless.Core.Hosting;
using Serverless.Functions.Durable;
using Serverless.Infra.Azure;
using Serverless.Infra.Azure.Artifacts;
using Serverless.Infra.Azure.Doorbells;
using Serverless.Infra.Compute;
using Serverless.Infra.Insights;
using Serverless.Infra.Telemetry;
using Serverless.Orchestrations;
using Serverless.Orchestrations.Jobs;

namespace Serverless.Functions.Hosting;

/// <summary>Puts the control app together, from its settings alone. Nothing is reached before the first call.</summary>
internal static class ControlApp
{
    /// <summary>Adds everything.</summary>
    /// <exception cref="Core.Failures.ServerlessException"><c>invalid_input</c> with every setting that is missing or wrong.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        string? Read(string name) => configuration[name.Replace("__", ":", StringComparison.Ordinal)];

        AzureSettings.Require(AzureApp.Control, Read);
        var credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(Read(AzureSettings.ClientId)));
        var drop = Read(AzureSettings.DropContainer)!;
        var api = new Uri(Read(AzureSettings.ApiUrl)!);
        var insights = InsightsExport.From(Read, credential, "serverless-control");

        services.AddServerlessTelemetry(TelemetrySettings.Read(Read, "serverless-control"), insights is null ? null : insights.Traces, insights is null ? null : insights.Metrics);
        services.AddSingleton(TimeProvider.System).AddSingleton<TokenCredential>(credential);
        services.AddSingleton<INodeTokens, NoNodeTokens>();
        services.AddSingleton(new AddressSigner(RandomNumberGenerator.GetBytes(32), TimeProvider.System)); // blobs have addresses of their own: no address of ours is ever right
        services.AddSingleton(new JobNewsOptions { ByDoorbell = true }).AddSingleton(BudgetOptions.Read(Read));
        services.AddAzureInfrastructure(new AzureInfrastructureOptions
        {
            BlobEndpoint = Read(AzureSettings.BlobEndpoint)!,
            TableEndpoint = Read(AzureSettings.TableEndpoint)!,
            ServiceBusNamespace = Read(AzureSettings.ServiceBusNamespace)!,
            KeyVaultEndpoint = Read(AzureSettings.KeyVault)!,
            Artifacts = new BlobStoreOptions { Container = Read(AzureSettings.Container)! },
            Doorbell = new ServiceBusDoorbellOptions { OrderedQueues = [Queues.JobEvents] },
        });
        services.AddAzureDrop(drop).AddSingleton(host => new DropStore(drop, host.GetRequiredKeyedService<IArtifactStore>(drop)));
        services.AddOrchestrations();
        services.AddDurableFunctions();
        services.AddScaleSetPools(Read, _ => credential);
        services.AddRemoteInference(new Uri(Read(AzureSettings.InferenceUrl)!));
        services.AddServerlessApi(AccessSettings.With(new ApiOptions { Keys = [], HostNames = [api.Host, .. PlatformHost.Names(Read)] }, Read)).AddUploads();
    }
}
