using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Core.Compute;
using Serverless.Infra.Compute.Arm;
using Serverless.Infra.Compute.ScaleSets;

namespace Serverless.Infra.Compute;

/// <summary>Brings pools of scale sets into a host.</summary>
public static class ScaleSetRegistration
{
    /// <summary>
    /// Adds the pools beside those that the host has already: they get their options in the pool table, and the one <see cref="IComputePool"/> of the host sends each call to whose pool it names.
    /// Called after the registration of another provider, if there is one. The host brings <see cref="TimeProvider"/> and logging.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The pools, from <see cref="Settings.ScaleSetSettings"/>.</param>
    /// <param name="credential">Who speaks to Azure.</param>
    /// <param name="change">Changes the client; tests set its transport.</param>
    public static IServiceCollection AddScaleSetPools(
        this IServiceCollection services, ScaleSetPoolOptions options, Func<IServiceProvider, TokenCredential> credential, Action<Azure.ResourceManager.ArmClientOptions>? change = null)
    {
        var before = services.LastOrDefault(service => service.ServiceType == typeof(IComputePool));
        var names = options.Templates.Select(template => template.Pool.Name).ToList();
        var others = services.Where(service => service.ServiceType == typeof(PoolOptions) && service.ImplementationInstance is PoolOptions).Select(service => ((PoolOptions)service.ImplementationInstance!).Name).ToList();
        foreach (var template in options.Templates)
            services.AddSingleton(template.Pool);
        services.AddSingleton(options);
        services.AddSingleton(host => ActivatorUtilities.CreateInstance<ScaleSetPool>(host, ArmClients.Create(credential(host), options.SubscriptionId, change)));
        if (before is null)
            return services.AddSingleton<IComputePool>(host => host.GetRequiredService<ScaleSetPool>());
        services.Remove(before);
        return services.AddSingleton<IComputePool>(host => new JoinedPools([(others, Make(host, before)), (names, host.GetRequiredService<ScaleSetPool>())]));
    }

    private static IComputePool Make(IServiceProvider host, ServiceDescriptor service) => (IComputePool)(service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(host)
        ?? ActivatorUtilities.CreateInstance(host, service.ImplementationType!));
}
