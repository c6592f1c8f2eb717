using System.Net.Http.Headers;
using Serverless.Api.Endpoints;
using Serverless.Contracts;
using Serverless.Contracts.Problems;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;

namespace Serverless.Api.EndpointHosts;

/// <summary>Hands predictions to the inference app, bodies as they come. For callers of the control app; those who predict much call the inference app itself.</summary>
/// <param name="app">The app.</param>
internal sealed class RemotePredictor(RemoteInference app) : IPredictor
{
    /// <summary>Longest answer that is carried: what a host may have in memory for one call.</summary>
    private const int MaxReplyBytes = 64 << 20;

    private static readonly string[] Carried = ["Retry-After", "Inference-Header-Content-Length"];

    public Task<WireReply> InferAsync(string endpoint, WireRequest request, CancellationToken cancel) => SendAsync(HttpMethod.Post, Routes.Fill(Routes.Infer, endpoint), request, cancel);

    public Task<WireReply> PredictAsync(string endpoint, WireRequest request, CancellationToken cancel) => SendAsync(HttpMethod.Post, Routes.Fill(Routes.Predict, endpoint), request, cancel);

    public Task<WireReply> MetadataAsync(string endpoint, CancellationToken cancel) => SendAsync(HttpMethod.Get, Routes.Fill(Routes.InferMetadata, endpoint), null, cancel);

    public Task<WireReply> ReadyAsync(string endpoint, CancellationToken cancel) => SendAsync(HttpMethod.Get, Routes.Fill(Routes.InferModelReady, endpoint), null, cancel);

    private async Task<WireReply> SendAsync(HttpMethod method, string path, WireRequest? asked, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (asked is not null)
            Fill(request, asked);
        using var response = await app.SendAsync(request, cancel);
        return new WireReply
        {
            Status = (int)response.StatusCode,
            ContentType = response.Content.Headers.ContentType?.ToString() ?? "application/octet-stream",
            Body = await ReadAsync(response, path, cancel),
            Headers = [.. Carried.Where(name => response.Headers.NonValidated.Contains(name)).Select(name => KeyValuePair.Create(name, response.Headers.NonValidated[name].ToString()))],
        };
    }

    private static void Fill(HttpRequestMessage request, WireRequest asked)
    {
        request.Content = new StreamContent(asked.Body);
        request.Content.Headers.ContentLength = asked.ContentLength;
        if (asked.ContentType is { } type && MediaTypeHeaderValue.TryParse(type, out var media))
            request.Content.Headers.ContentType = media;
        Add("Accept", asked.Accept);
        Add("Inference-Header-Content-Length", asked.InferenceHeaderContentLength);
        Add(Predictions.StickyHeader, asked.StickyKey);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, string path, CancellationToken cancel)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var whole = new MemoryStream();
        var part = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(part, cancel)) > 0;)
        {
            if (whole.Length + read > MaxReplyBytes)
                throw new ServerlessException(ProblemCodes.TooLarge, $"The answer of '{path}' has more than {MaxReplyBytes:N0} bytes.", "Ask for fewer rows at once, or call the inference app itself.");
            whole.Write(part, 0, read);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
