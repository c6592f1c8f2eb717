using Serverless.Core.Endpoints;

namespace Serverless.Functions.Tests.Api;

/// <summary>Loads nothing.</summary>
public sealed class StubEndpointHost : IEndpointHost
{
    public Task<ModelCheck> PrepareAsync(EndpointModel model, CancellationToken cancel) => Task.FromResult(new ModelCheck(true, null, null, [], []));

    public Task<ModelCheck> ProbeAsync(EndpointModel model, CancellationToken cancel) => Task.FromResult(new ModelCheck(true, null, null, [], []));

    public Task RouteAsync(string endpoint, CancellationToken cancel) => Task.CompletedTask;

    public Task DrainAsync(EndpointModel model, CancellationToken cancel) => Task.CompletedTask;

    public Task<int> SessionsAsync(string endpoint, CancellationToken cancel) => Task.FromResult(1);
}
