using System.Globalization;
using Serverless.Contracts;
using Serverless.Core.Endpoints;

namespace Serverless.Api.EndpointHosts;

/// <summary>The inference app as an endpoint host. It may be several machines: each takes an endpoint's new record within seconds, the one that is called at once.</summary>
/// <param name="app">The app.</param>
internal sealed class RemoteEndpointHost(RemoteInference app) : IEndpointHost
{
    public Task<ModelCheck> PrepareAsync(EndpointModel model, CancellationToken cancel) =>
        app.CallAsync(HttpMethod.Post, Path(EndpointHostPaths.Prepare, model), EndpointHostJson.Default.ModelCheck, cancel);

    public Task<ModelCheck> ProbeAsync(EndpointModel model, CancellationToken cancel) =>
        app.CallAsync(HttpMethod.Post, Path(EndpointHostPaths.Probe, model), EndpointHostJson.Default.ModelCheck, cancel);

    public async Task RouteAsync(string endpoint, CancellationToken cancel) =>
        (await app.CallAsync(HttpMethod.Post, Routes.Fill(EndpointHostPaths.Route, endpoint), cancel)).Dispose();

    public async Task DrainAsync(EndpointModel model, CancellationToken cancel) =>
        (await app.CallAsync(HttpMethod.Post, Path(EndpointHostPaths.Drain, model), cancel)).Dispose();

    public async Task<int> SessionsAsync(string endpoint, CancellationToken cancel) =>
        (await app.CallAsync(HttpMethod.Get, Routes.Fill(EndpointHostPaths.Sessions, endpoint), EndpointHostJson.Default.SessionCount, cancel)).Sessions;

    private static string Path(string template, EndpointModel model) =>
        Routes.Fill(template, model.Name, model.Version.ToString(CultureInfo.InvariantCulture));
}
