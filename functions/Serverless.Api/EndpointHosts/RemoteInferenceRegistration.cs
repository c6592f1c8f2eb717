using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Core.Access;
using Serverless.Core.Endpoints;
using Serverless.Core.Ids;

namespace Serverless.Api.EndpointHosts;

/// <summary>Brings endpoints that live in an inference app into a control app.</summary>
public static class RemoteInferenceRegistration
{
    /// <summary>Longer than a check of a model may take, and than an app takes to wake from zero.</summary>
    private static readonly TimeSpan TimeOut = TimeSpan.FromMinutes(3);

    /// <summary>Adds <see cref="IEndpointHost"/> and <see cref="IPredictor"/>. The two apps share their documents.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="address">The address of the inference app.</param>
    public static IServiceCollection AddRemoteInference(this IServiceCollection services, Uri address)
    {
        services.TryAddSingleton<IIdSource, TimeOrderedIds>();
        services.TryAddSingleton<ApiKeySet>();
        services.AddSingleton<LinkKey>();
        services.AddSingleton(host => new RemoteInference(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { BaseAddress = address, Timeout = TimeOut },
            host.GetRequiredService<LinkKey>()));
        services.AddSingleton<IEndpointHost, RemoteEndpointHost>();
        services.AddSingleton<IPredictor, RemotePredictor>();
        return services;
    }
}
