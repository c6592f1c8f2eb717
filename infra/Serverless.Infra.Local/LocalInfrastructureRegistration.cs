using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Core.Artifacts;
using Serverless.Core.Compute;
using Serverless.Core.Documents;
using Serverless.Core.Doorbells;
using Serverless.Core.Ids;
using Serverless.Core.Secrets;
using Serverless.Infra.Local.Artifacts;
using Serverless.Infra.Local.Compute;
using Serverless.Infra.Local.Documents;
using Serverless.Infra.Local.Doorbells;
using Serverless.Infra.Local.Hosts;
using Serverless.Infra.Local.Secrets;
using Serverless.Infra.Local.Sqlite;

namespace Serverless.Infra.Local;

/// <summary>Brings the ports of one machine into a host.</summary>
public static class LocalInfrastructureRegistration
{
    /// <summary>
    /// Adds the stores, the doorbell, the pool and the secrets of one data folder. The host calls <see cref="HostAddress.Set"/> once it listens: before that no node is started.
    /// The folder is locked when the first of them is asked for.
    /// </summary>
    public static IServiceCollection AddLocalInfrastructure(this IServiceCollection services, LocalInfrastructureOptions options)
    {
        var data = Path.GetFullPath(options.DataFolder);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, TimeOrderedIds>();
        services.AddSingleton(_ => new DataFolderLock(data));

        services.AddSingleton(host => Locked(host, () =>
            new AddressSigner(SigningKey.Bring(Path.Combine(data, "keys", "addresses.key")), host.GetRequiredService<TimeProvider>())));
        services.AddSingleton<IArtifactStore>(host => Locked(host, () => new FileArtifactStore(
            new FileStoreOptions(Path.Combine(data, "artifacts")), host.GetRequiredService<AddressSigner>(), host.GetRequiredService<TimeProvider>())));

        services.AddSingleton(host => Locked(host, () => new LocalDatabase(new LocalDatabaseOptions(Path.Combine(data, "serverless.db")))));
        services.AddSingleton<IDocumentStore, SqliteDocumentStore>();
        services.AddSingleton<IDoorbell, SqliteDoorbell>();

        services.TryAddSingleton<NodeSet>();
        services.AddSingleton<HostAddress>();
        services.AddSingleton<INodeTokens, LocalNodeTokens>();
        services.AddSingleton(new ProcessPoolOptions
        {
            Pool = options.Pool,
            AgentCommand = options.AgentCommand,
            AlgorithmsPath = options.AlgorithmsPath,
            NodesFolder = Path.Combine(data, "run", "nodes"),
            AgentDataFolder = Path.Combine(data, "agent"),
            PricePerHour = options.PricePerHour,
            Currency = options.Currency,
        });
        services.AddSingleton<ProcessComputePool>();
        services.AddSingleton<IComputePool>(host => host.GetRequiredService<ProcessComputePool>());
        services.AddHostedService<LocalNodesLifetime>();

        services.AddSingleton<ISecretStore>(new FileSecretStore(Path.Combine(data, "secrets"), new EnvironmentSecretStore()));
        return services;
    }

    private static T Locked<T>(IServiceProvider host, Func<T> make)
    {
        host.GetRequiredService<DataFolderLock>();
        return make();
    }
}
