using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Serverless.Api.Access;
using Serverless.Api.Access.Callers;
using Serverless.Api.Access.Keys;
using Serverless.Api.Access.Nodes;
using Serverless.Api.Access.SignIn;
using Serverless.Api.Agents;
using Serverless.Api.Artifacts;
using Serverless.Api.Compute;
using Serverless.Api.Content;
using Serverless.Api.Costs;
using Serverless.Api.Datasets;
using Serverless.Api.EndpointHosts;
using Serverless.Api.Endpoints;
using Serverless.Api.Experiments;
using Serverless.Api.Hosts;
using Serverless.Api.Jobs;
using Serverless.Api.Keys;
using Serverless.Api.Models;
using Serverless.Api.OpenApi;
using Serverless.Api.Pipeline;
using Serverless.Api.Routing;
using Serverless.Api.Studies;
using Serverless.Api.Triggers;
using Serverless.Core.Access;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Workflows;

namespace Serverless.Api;

/// <summary>Brings the HTTP interface into a host.</summary>
public static class ApiRegistration
{
    /// <summary>
    /// Adds the pipeline and what its routes need. The host brings the ports, <c>AddOrchestrations</c>, an <see cref="AddressSigner"/> when its store has no
    /// addresses of its own, and hands each request to <see cref="ApiPipeline.RunAsync"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Who may come in, and under which name.</param>
    public static IServiceCollection AddServerlessApi(this IServiceCollection services, ApiOptions options)
    {
        AddPipeline(services, options, ApiRoutes.All);
        services.AddSingleton(host => new NodeAccess(
            host.GetRequiredService<INodeTokens>(), host.GetRequiredService<PoolTable>(), host.GetRequiredService<IComputePool>(), host.GetRequiredService<NodeSet>(),
            options.Nodes, host.GetService<EntraTokens>()));
        services.AddSingleton<OpenApiReply>().AddSingleton<KeyCatalogue>();
        services.AddSingleton<ContentIntake>().AddSingleton<ContentUploads>().AddSingleton<DatasetUploads>().AddSingleton<DatasetQueries>().AddSingleton<DatasetPreviews>();
        services.AddSingleton<ExperimentQueries>().AddSingleton<ExperimentCommands>().AddSingleton<ComparisonQuery>();
        services.AddSingleton<StudyQueries>().AddSingleton<StudyCommands>().AddSingleton<FindingQueries>();
        services.AddSingleton<StudyPlans>();
        services.AddSingleton<JobQueries>().AddSingleton<JobCommands>().AddSingleton<JobNewsWait>().AddSingleton<JobLogs>().AddSingleton<JobMetricPoints>().AddSingleton<MetricCursors>().AddSingleton<JobFiles>();
        services.AddSingleton<ModelQueries>().AddSingleton<EndpointQueries>().AddSingleton<EndpointCommands>();
        services.AddSingleton<TriggerCatalogue>().AddSingleton<ComputeQueries>().AddSingleton<BudgetCalls>().AddSingleton<ArtifactBytes>();
        services.AddSingleton<AgentNodes>().AddSingleton<AgentClaims>().AddSingleton<AgentJobs>().AddSingleton<AgentOutcome>();
        services.AddSingleton<AgentReports>().AddSingleton<AgentLogs>().AddSingleton<AgentUploads>().AddSingleton<TicketWriter>();
        AddWorkChecks(services);
        return services;
    }

    /// <summary>
    /// Adds the pipeline of an app that only predicts, with the routes of <see cref="InferenceRoutes"/>. The host brings documents, artifacts, <c>AddInference</c> and logging, and hands each
    /// request to <see cref="ApiPipeline.RunAsync"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Who may come in, and under which name.</param>
    public static IServiceCollection AddInferenceApi(this IServiceCollection services, ApiOptions options)
    {
        AddPipeline(services, options, InferenceRoutes.All);
        return services.AddSingleton<EndpointHostCalls>();
    }

    private static void AddPipeline(IServiceCollection services, ApiOptions options, RouteTable routes)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new HostNames(options.HostNames, options.AnyAddress));
        AddAccess(services, options);
        services.AddSingleton(routes);
        services.AddSingleton(host => new ApiPipeline(
            host.GetRequiredService<RouteTable>(), host.GetRequiredService<HostNames>(), host.GetRequiredService<AccessGuard>(),
            host.GetRequiredService<TimeProvider>(), host.GetRequiredService<ILogger<ApiPipeline>>()));
        services.AddSingleton<Readiness>().AddSingleton<Predictions>();
        AddStoreChecks(services);
    }

    private static void AddAccess(IServiceCollection services, ApiOptions options)
    {
        services.TryAddSingleton<ApiKeySet>();
        services.AddSingleton<StoredKeys>();
        if (options.Entra is { } entra)
            services.AddSingleton(host => new EntraTokens(entra, host.GetRequiredService<TimeProvider>()));
        services.AddSingleton(host => new CallerAccess(
            new AccessKeys(options.Keys), host.GetRequiredService<StoredKeys>(), new EasyAuth(options.TrustPlatformSignIn), host.GetService<EntraTokens>()));
        services.AddSingleton(host => new AccessGuard(host.GetRequiredService<CallerAccess>(), host.GetService<NodeAccess>()));
    }

    private static void AddStoreChecks(IServiceCollection services)
    {
        services.AddSingleton(host => new ReadinessCheck("documents", cancel =>
            host.GetRequiredService<IDocumentStore>().GetAsync(new DocumentKey("health", "ready"), cancel)));
        services.AddSingleton(host => new ReadinessCheck("artifacts", cancel =>
            host.GetRequiredService<IArtifactStore>().FindAsync(ArtifactPath.Parse("health/ready"), cancel)));
    }

    private static void AddWorkChecks(IServiceCollection services)
    {
        services.AddSingleton(host => new ReadinessCheck("workflows", cancel => host.GetRequiredService<IWorkflowClient>().FindAsync("health", cancel)));
        services.AddSingleton(host => new ReadinessCheck("compute", cancel => host.GetRequiredService<IComputePool>().OffersAsync(cancel)));
    }
}
