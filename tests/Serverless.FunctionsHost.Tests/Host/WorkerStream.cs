using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Serverless.FunctionsHost.Tests.Protocol;

namespace Serverless.FunctionsHost.Tests.Host;

/// <summary>The one stream between host and worker: sends requests, hands each answer to who asked, keeps the worker's log.</summary>
internal sealed class WorkerStream
{
    /// <summary>The path of the call that a worker opens.</summary>
    public const string Path = "/AzureFunctionsRpcMessages.FunctionRpc/EventStream";

    private readonly Channel<StreamingMessage> outgoing = Channel.CreateBounded<StreamingMessage>(64);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> waiting = new();
    private readonly TaskCompletionSource<string> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> log = new();

    /// <summary>The id of the worker, once it has opened the stream and said it.</summary>
    public Task<string> Opened => opened.Task;

    /// <summary>What the worker logged so far.</summary>
    public IReadOnlyCollection<string> Log => log;

    /// <summary>Serves the worker's call until the worker or the host goes.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var cancel = context.RequestAborted;
        context.Response.ContentType = GrpcFrames.ContentType;
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.StartAsync(cancel);
        var sending = SendAllAsync(context.Response, cancel);
        try
        {
            while (await GrpcFrames.ReadAsync(context.Request.BodyReader, StreamingMessage.Parser, cancel) is { } message)
                Take(message);
        }
        finally
        {
            outgoing.Writer.TryComplete();
            foreach (var one in waiting.Values)
                one.TrySetException(new IOException("The worker has closed its stream."));
        }

        await sending;
        context.Response.AppendTrailer("grpc-status", "0");
    }

    /// <summary>Sends a message and waits for the one that answers it.</summary>
    /// <param name="request">The message.</param>
    /// <param name="key">The invocation id, or else the message's request id, by which the answer is known.</param>
    /// <param name="cancel">Breaks off.</param>
    public async Task<StreamingMessage> AskAsync(StreamingMessage request, string key, CancellationToken cancel)
    {
        var answer = waiting.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await TellAsync(request, cancel);
            return await answer.Task.WaitAsync(cancel);
        }
        finally
        {
            waiting.TryRemove(key, out _);
        }
    }

    /// <summary>Sends a message that has no answer.</summary>
    public async Task TellAsync(StreamingMessage message, CancellationToken cancel) => await outgoing.Writer.WriteAsync(message, cancel);

    private async Task SendAllAsync(HttpResponse response, CancellationToken cancel)
    {
        await foreach (var message in outgoing.Reader.ReadAllAsync(cancel))
            await GrpcFrames.WriteAsync(response.BodyWriter, message, cancel);
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.StartStream:
                opened.TrySetResult(message.StartStream.WorkerId);
                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                log.Enqueue($"{message.RpcLog.Category}: {message.RpcLog.Message} {message.RpcLog.Exception?.Message}".TrimEnd());
                break;
            default:
                var key = message.InvocationResponse?.InvocationId ?? message.RequestId;
                if (waiting.TryGetValue(key, out var answer))
                    answer.TrySetResult(message);
                break;
        }
    }
}
