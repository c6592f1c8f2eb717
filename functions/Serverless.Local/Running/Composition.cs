using Azure.Identity;
using Serverless.Api;
using Serverless.Core.Budgets;
using Serverless.Core.Compute;
using Serverless.Core.Endpoints;
using Serverless.Durable;
using Serverless.Durable.Options;
using Serverless.Inference;
using Serverless.Inference.Options;
using Serverless.Infra.Compute;
using Serverless.Infra.Local;
using Serverless.Infra.Telemetry;
using Serverless.Local.Drops;
using Serverless.Local.Keys;
using Serverless.Local.Logs;
using Serverless.Local.Options;
using Serverless.Local.Programs;
using Serverless.Orchestrations;

namespace Serverless.Local.Running;

/// <summary>Puts the host together.</summary>
internal static class Composition
{
    /// <summary>Adds everything.</summary>
    public static void Add(IServiceCollection services, LocalOptions options, DataFolder folder, LineLog log)
    {
        var keys = new KeyFolder(folder.Keys, log.CreateLogger(nameof(KeyFolder)));
        var pool = new PoolOptions { MaxNodes = options.MaxNodes, Idle = options.NodeIdle };
        services.AddServerlessTelemetry(TelemetrySettings.Read(Environment.GetEnvironmentVariable, "serverless-local"));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(pool);
        services.AddSingleton(new BudgetOptions { MonthlyLimit = options.MonthlyBudget, Currency = options.Currency });
        services.AddSingleton(new EndpointDefaults { IdleSeconds = (int)Math.Ceiling(options.EndpointIdle.TotalSeconds) });
        services.AddLocalInfrastructure(Infrastructure(options, folder, pool));
        if (options.Azure is { } azure)
            services.AddScaleSetPools(azure, _ => new DefaultAzureCredential()).AddHostedService<AzureFarewell>();
        services.AddOrchestrations();
        services.AddDurableWorkflows(new DurableOptions { Path = folder.Workflows });
        services.AddInference(new InferenceOptions { CheckCommand = StartedPrograms.Command(Environment.ProcessPath, CheckVerb.Name), Idle = options.EndpointIdle });
        services.AddServerlessApi(AccessSettings.With(
            new ApiOptions { Keys = keys.Load(), HostNames = options.HostNames, AnyAddress = options.AllowRemote }, Environment.GetEnvironmentVariable));
        services.AddSingleton<DropIntake>();
        services.AddSingleton(host => new DropLoop(
            folder.Drop, options.DropSettle, host.GetRequiredService<DropIntake>(), host.GetRequiredService<TimeProvider>(), host.GetRequiredService<ILogger<DropLoop>>()));
        services.AddHostedService<Background>();
        services.AddHostedService<NodeFarewell>();
        if (options.StopWith is { } process)
            services.AddSingleton<IHostedService>(host => ActivatorUtilities.CreateInstance<StarterWatch>(host, process));
    }

    private static LocalInfrastructureOptions Infrastructure(LocalOptions options, DataFolder folder, PoolOptions pool)
    {
        var agent = options.Agent ?? StartedPrograms.Find("Serverless.Agent", AppContext.BaseDirectory);
        return new LocalInfrastructureOptions
        {
            DataFolder = folder.Root,
            AgentCommand = agent is null ? ["Serverless.Agent"] : StartedPrograms.Command(agent),
            AlgorithmsPath = options.Algorithms ?? StartedPrograms.Find("Serverless.Algorithms", AppContext.BaseDirectory),
            Pool = pool,
            PricePerHour = options.PricePerHour,
            Currency = options.Currency,
        };
    }
}
