using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Api;
using Serverless.Core.Hosting;
using Serverless.Inference;
using Serverless.Inference.Options;
using Serverless.Infra.Azure;
using Serverless.Infra.Azure.Artifacts;
using Serverless.Infra.Insights;
using Serverless.Infra.Telemetry;

namespace Serverless.Functions.Inference.Hosting;

/// <summary>Puts the inference app together, from its settings alone. Nothing is reached before the first call.</summary>
internal static class InferenceApp
{
    /// <summary>The hidden verb that checks a model in a process of its own.</summary>
    public const string CheckVerb = "check-model";

    /// <summary>Of several machines one is told of a change; the others see it this much later.</summary>
    private static readonly TimeSpan RouteAge = TimeSpan.FromSeconds(10);

    /// <summary>Adds everything.</summary>
    /// <exception cref="Core.Failures.ServerlessException"><c>invalid_input</c> with every setting that is missing or wrong.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        string? Read(string name) => configuration[name.Replace("__", ":", StringComparison.Ordinal)];

        AzureSettings.Require(AzureApp.Inference, Read);
        var credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(Read(AzureSettings.ClientId)));
        var insights = InsightsExport.From(Read, credential, "serverless-inference");
        services.AddServerlessTelemetry(TelemetrySettings.Read(Read, "serverless-inference"), insights is null ? null : insights.Traces, insights is null ? null : insights.Metrics);
        services.AddSingleton(TimeProvider.System).AddSingleton<TokenCredential>(credential);
        services.AddAzureStores(new AzureInfrastructureOptions
        {
            BlobEndpoint = Read(AzureSettings.BlobEndpoint)!,
            TableEndpoint = Read(AzureSettings.TableEndpoint)!,
            Artifacts = new BlobStoreOptions { Container = Read(AzureSettings.Container)! },
        });
        services.AddInference(new InferenceOptions
        {
            CheckCommand = [.. PlatformHost.ThisProgram(Environment.ProcessPath, typeof(InferenceApp).Assembly.Location), CheckVerb],
            UseCuda = string.Equals(Read(AzureSettings.Gpu), "true", StringComparison.OrdinalIgnoreCase),
            RouteAge = RouteAge,
        });
        services.AddInferenceApi(AccessSettings.With(new ApiOptions { Keys = [], HostNames = PlatformHost.Names(Read) }, Read));
    }
}
