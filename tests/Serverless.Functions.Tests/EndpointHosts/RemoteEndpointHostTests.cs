using System.Text;
using System.Text.Json;
using Serverless.Conformance.Endpoints;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;
using Serverless.Functions.Tests.Inference;

namespace Serverless.Functions.Tests.EndpointHosts;

/// <summary>The inference app, seen from the control app over HTTP, by the port's suite.</summary>
public sealed class RemoteEndpointHostTests : EndpointHostConformance, IAsyncLifetime
{
    private readonly ServedModels served = new();
    private InferenceApp? app;

    protected override IEndpointHost Host => app!.Host;

    public async ValueTask InitializeAsync() => app = await InferenceApp.StartAsync(served.Host, served.Predictor);

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        served.Dispose();
    }

    protected override Task<EndpointModel> AdderAsync(int version) => served.RegisterAsync("adder", version, Models.Plus(version));

    protected override Task<EndpointModel> BrokenAsync() => served.RegisterAsync("broken", 1, "this is no model"u8.ToArray());

    protected override async Task WriteRecordAsync(string endpoint, IReadOnlyList<EndpointTraffic> traffic)
    {
        var record = new EndpointRecord { Name = endpoint, Revision = 1, Traffic = traffic, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch };
        if (!await served.Endpoints.CreateAsync(record, Cancel))
            await served.Endpoints.UpdateAsync(endpoint, found => found with { Revision = found.Revision + 1, Traffic = traffic }, Cancel);
    }

    protected override Task DeleteRecordAsync(string endpoint) => served.Endpoints.DeleteAsync(endpoint, Cancel);

    protected override async Task<float?> AskAsync(string endpoint, string? stickyKey = null)
    {
        var body = Encoding.UTF8.GetBytes("""{"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[0]}]}""");
        var reply = await app!.Predictor.InferAsync(endpoint, new WireRequest { Body = new MemoryStream(body), ContentType = "application/json", ContentLength = body.Length, StickyKey = stickyKey }, Cancel);
        if (reply.Status == 404)
            return null;
        Assert.True(reply.Status == 200, Encoding.UTF8.GetString(reply.Body.Span));
        return JsonSerializer.Deserialize(reply.Body.Span, ContractsJson.Default.InferResponse)!.Outputs[0].Data[0].GetSingle();
    }
}
