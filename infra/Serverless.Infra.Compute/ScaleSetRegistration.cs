using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Core.Compute;
using Serverless.Core.Hosting;
using Serverless.Infra.Compute.Arm;
using Serverless.Infra.Compute.CloudInit;
using Serverless.Infra.Compute.Offers;
using Serverless.Infra.Compute.ScaleSets;
using Serverless.Infra.Compute.Settings;

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

    /// <summary>
    /// Adds the pools that an app's settings name, with prices and start texts as this version has them. Without sign-in (no audience) nodes could not prove themselves: then there are none, and
    /// whoever asks for a machine is told that there is no pool.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="read">Reads a setting by <see cref="AzureSetting.Key"/>.</param>
    /// <param name="credential">Who speaks to Azure.</param>
    /// <exception cref="Core.Failures.ServerlessException"><c>invalid_input</c> with everything that is wrong with the settings.</exception>
    public static IServiceCollection AddScaleSetPools(this IServiceCollection services, Func<string, string?> read, Func<IServiceProvider, TokenCredential> credential)
    {
        if (!string.IsNullOrWhiteSpace(read(AzureSettings.Audience)))
            return services.AddScaleSetPools(ScaleSetSettings.Read(read, PriceFile.Embedded(), NodeScript.From(read)), credential);
        services.TryAddSingleton<IComputePool>(new JoinedPools([]));
        return services;
    }

    private static IComputePool Make(IServiceProvider host, ServiceDescriptor service) => (IComputePool)(service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(host)
        ?? ActivatorUtilities.CreateInstance(host, service.ImplementationType!));
}
