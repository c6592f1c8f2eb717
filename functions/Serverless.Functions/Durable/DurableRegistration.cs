using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Core.Workflows;
using Serverless.Core.Workflows.Hosted;

namespace Serverless.Functions.Durable;

/// <summary>Adds workflows on Durable Functions.</summary>
public static class DurableRegistration
{
    /// <summary>Adds <see cref="IWorkflowClient"/> and what the orchestrator and activity functions hand over to. The host adds the catalogue, documents and the services of activities.</summary>
    public static IServiceCollection AddDurableFunctions(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HostedLimits>();
        services.AddSingleton<DurableClientSlot>();
        services.AddSingleton<IHostedEngine, DurableEngine>();
        services.AddSingleton<HostedStarts>().AddSingleton<HostedRunner>().AddSingleton<DurableFunctions>();
        services.AddSingleton<IWorkflowClient, HostedWorkflowClient>();
        return services;
    }
}
