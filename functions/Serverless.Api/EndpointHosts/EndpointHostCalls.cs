using System.Globalization;
using Serverless.Api.Routing;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.EndpointHosts;

/// <summary>Hands the control app's calls to this app's endpoint host.</summary>
/// <param name="host">The endpoint host.</param>
internal sealed class EndpointHostCalls(IEndpointHost host)
{
    public async Task PrepareAsync(ApiCall call, CancellationToken cancel) =>
        await call.WriteAsync(await host.PrepareAsync(Model(call), cancel), EndpointHostJson.Default.ModelCheck, cancel);

    public async Task ProbeAsync(ApiCall call, CancellationToken cancel) =>
        await call.WriteAsync(await host.ProbeAsync(Model(call), cancel), EndpointHostJson.Default.ModelCheck, cancel);

    public async Task DrainAsync(ApiCall call, CancellationToken cancel)
    {
        await host.DrainAsync(Model(call), cancel);
        await call.EmptyAsync();
    }

    public async Task RouteAsync(ApiCall call, CancellationToken cancel)
    {
        await host.RouteAsync(Name(call), cancel);
        await call.EmptyAsync();
    }

    public async Task SessionsAsync(ApiCall call, CancellationToken cancel) =>
        await call.WriteAsync(new SessionCount(await host.SessionsAsync(Name(call), cancel)), EndpointHostJson.Default.SessionCount, cancel);

    private static EndpointModel Model(ApiCall call) =>
        int.TryParse(call["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? new EndpointModel(Name(call), version)
            : throw Fail.Invalid("version", $"The version {Shown.Quote(call["version"])} is not a positive number.", "Give the model's version.");

    private static string Name(ApiCall call)
    {
        var errors = NameRules.Check(call["name"], "name", "name");
        return errors.Count == 0 ? call["name"] : throw Fail.Invalid(errors);
    }
}
