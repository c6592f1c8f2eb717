using System.Collections.Concurrent;
using System.Text;
using Serverless.Core.Endpoints;

namespace Serverless.Functions.Tests.Api;

/// <summary>Answers with what it was given.</summary>
public sealed class StubPredictor : IPredictor
{
    public ConcurrentQueue<(string Endpoint, WireRequest Request)> Calls { get; } = [];

    public Task<WireReply> InferAsync(string endpoint, WireRequest request, CancellationToken cancel) => AnswerAsync(endpoint, request, cancel);

    public Task<WireReply> PredictAsync(string endpoint, WireRequest request, CancellationToken cancel) => AnswerAsync(endpoint, request, cancel);

    public Task<WireReply> MetadataAsync(string endpoint, CancellationToken cancel) => Task.FromResult(Reply("metadata"));

    public Task<WireReply> ReadyAsync(string endpoint, CancellationToken cancel) => Task.FromResult(Reply("ready"));

    private async Task<WireReply> AnswerAsync(string endpoint, WireRequest request, CancellationToken cancel)
    {
        using var reader = new StreamReader(request.Body);
        Calls.Enqueue((endpoint, request));
        return Reply(await reader.ReadToEndAsync(cancel)) with { Headers = [new("Retry-After", "7")] };
    }

    private static WireReply Reply(string text) => new() { Status = 200, ContentType = "text/plain", Body = Encoding.UTF8.GetBytes(text) };
}
