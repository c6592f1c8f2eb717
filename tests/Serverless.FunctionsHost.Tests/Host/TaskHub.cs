using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Serverless.FunctionsHost.Tests.Protocol.Durable;

namespace Serverless.FunctionsHost.Tests.Host;

/// <summary>The task hub as a function's client sees it: keeps what was started and what was raised, and runs nothing. A listing is empty.</summary>
internal sealed class TaskHub
{
    private readonly ConcurrentDictionary<string, CreateInstanceRequest> started = new();
    private readonly ConcurrentQueue<RaiseEventRequest> raised = new();

    /// <summary>The instances, by id.</summary>
    public IReadOnlyDictionary<string, CreateInstanceRequest> Started => started;

    /// <summary>The events, in order.</summary>
    public IReadOnlyCollection<RaiseEventRequest> Raised => raised;

    /// <summary>Begins an instance without a call.</summary>
    public void Begin(string function, string instanceId) => started[instanceId] = new() { Name = function, InstanceId = instanceId };

    /// <summary>Puts the hub's calls into the host's server.</summary>
    public void Map(WebApplication server)
    {
        Map(server, "StartInstance", CreateInstanceRequest.Parser, request =>
        {
            started.TryAdd(request.InstanceId, request);
            return new CreateInstanceResponse { InstanceId = request.InstanceId };
        });
        Map(server, "GetInstance", GetInstanceRequest.Parser, request => started.TryGetValue(request.InstanceId, out var found)
            ? new GetInstanceResponse { Exists = true, OrchestrationState = State(found) }
            : new GetInstanceResponse());
        Map(server, "RaiseEvent", RaiseEventRequest.Parser, request =>
        {
            raised.Enqueue(request);
            return new Nothing();
        });
        Map(server, "QueryInstances", Nothing.Parser, _ => new Nothing()); // a page of none
        Map(server, "PurgeInstances", Nothing.Parser, _ => new Nothing()); // nothing purged
    }

    private static OrchestrationState State(CreateInstanceRequest start) => new()
    {
        InstanceId = start.InstanceId,
        Name = start.Name,
        Input = start.Input,
        CreatedTimestamp = new Timestamp { Seconds = 1_782_864_000 }, // 2026-07-01
        LastUpdatedTimestamp = new Timestamp { Seconds = 1_782_864_000 },
    };

    private static void Map<T>(WebApplication server, string method, MessageParser<T> parser, Func<T, IMessage> answer)
        where T : class, IMessage<T> =>
        server.MapPost($"/TaskHubSidecarService/{method}", async context =>
        {
            var cancel = context.RequestAborted;
            var request = await GrpcFrames.ReadAsync(context.Request.BodyReader, parser, cancel) ?? throw new InvalidDataException($"'{method}' came without a message.");
            context.Response.ContentType = GrpcFrames.ContentType;
            await GrpcFrames.WriteAsync(context.Response.BodyWriter, answer(request), cancel);
            context.Response.AppendTrailer("grpc-status", "0");
        });
}
