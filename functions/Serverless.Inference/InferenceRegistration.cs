using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serverless.Core.Artifacts;
using Serverless.Core.Documents;
using Serverless.Core.Endpoints;
using Serverless.Core.Models;
using Serverless.Inference.Checks;
using Serverless.Inference.Options;
using Serverless.Inference.Protocol;
using Serverless.Inference.Routing;
using Serverless.Inference.Sessions;

namespace Serverless.Inference;

/// <summary>Puts inference into a host.</summary>
public static class InferenceRegistration
{
    /// <summary>
    /// Adds <see cref="IEndpointHost"/> and <see cref="IPredictor"/>. Needs <see cref="IArtifactStore"/>, <see cref="IDocumentStore"/> and logging; takes
    /// <see cref="TimeProvider"/> when it is there. The native library is read in the background once the host has started, so that it delays neither.
    /// </summary>
    /// <exception cref="ArgumentException">The options have no check command.</exception>
    public static IServiceCollection AddInference(this IServiceCollection services, InferenceOptions options)
    {
        if (options.CheckCommand.Count == 0)
            throw new ArgumentException("The option CheckCommand is empty. Name the program that loads new models, such as ['dotnet', 'Serverless.Local.dll', 'check-model'].", nameof(options));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(provider => new ModelFiles(
            provider.GetRequiredService<IArtifactStore>(), new ModelSet(provider.GetRequiredService<IDocumentStore>()), options));
        services.AddSingleton(provider => new SessionPool(
            provider.GetRequiredService<ModelFiles>(), options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SessionPool>>()));
        services.AddSingleton(provider => new ModelChecker(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EndpointRoutes(
            new EndpointSet(provider.GetRequiredService<IDocumentStore>()), provider.GetRequiredService<TimeProvider>(), options.RouteAge));
        services.AddSingleton(new BodyBudget(options.MaxBufferedBytes));
        services.AddSingleton<IEndpointHost>(provider => new InferenceHost(
            provider.GetRequiredService<ModelFiles>(),
            provider.GetRequiredService<ModelChecker>(),
            provider.GetRequiredService<SessionPool>(),
            provider.GetRequiredService<EndpointRoutes>(),
            options,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPredictor>(provider => new Predictor(
            provider.GetRequiredService<EndpointRoutes>(),
            provider.GetRequiredService<SessionPool>(),
            provider.GetRequiredService<BodyBudget>(),
            options,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHostedService>(provider => new RuntimePreload(options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RuntimePreload>>()));
        return services;
    }
}
