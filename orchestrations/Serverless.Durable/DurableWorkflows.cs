using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Serverless.Core.Workflows;
using Serverless.Durable.Clients;
using Serverless.Durable.Options;
using Serverless.Durable.Storage;
using Serverless.Durable.Storage.Sqlite;
using Serverless.Durable.Working;

namespace Serverless.Durable;

/// <summary>Adds the embedded durable engine to a host.</summary>
public static class DurableWorkflows
{
    /// <summary>
    /// Adds <see cref="IWorkflowClient"/>, <see cref="WorkflowStoreHealth"/> and the worker, a hosted service that runs workflows and activities
    /// while the host does. The host adds a <see cref="WorkflowCatalog"/> and what its activities need. The file is opened when the first of these is made.
    /// </summary>
    public static IServiceCollection AddDurableWorkflows(this IServiceCollection services, DurableOptions options)
    {
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(options);
        services.AddSingleton<EngineSignals>();
        services.AddSingleton<IWorkflowStore>(_ => SqliteWorkflowStore.Open(options.Path, options.MaxFileBytes, options.Probe));
        services.AddSingleton<IWorkflowClient, DurableWorkflowClient>();
        services.AddSingleton(provider => new WorkflowStoreHealth(provider.GetRequiredService<IWorkflowStore>()));
        services.AddSingleton<IHostedService, WorkflowWorker>();
        return services;
    }
}
