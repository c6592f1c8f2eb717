using System.Text.Json;
using Serverless.Conformance.Endpoints;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;

namespace Serverless.Functions.Tests.Inference;

/// <summary>The endpoint host of this process, by the port's suite.</summary>
public sealed class InferenceHostTests : EndpointHostConformance, IDisposable
{
    private readonly ServedModels served = new();

    protected override IEndpointHost Host => served.Host;

    public void Dispose() => served.Dispose();

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
        var reply = await served.InferAsync(endpoint, """{"inputs":[{"name":"x","shape":[1,1],"datatype":"FP32","data":[0]}]}""", stickyKey);
        if (reply.Status == 404)
            return null;
        ServedModels.Good(reply);
        return JsonSerializer.Deserialize(reply.Body.Span, ContractsJson.Default.InferResponse)!.Outputs[0].Data[0].GetSingle();
    }
}
