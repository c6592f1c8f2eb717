using Microsoft.AspNetCore.Http;
using Serverless.Api.Routing;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Endpoints;

/// <summary>Carries bodies to the predictor and back.</summary>
/// <param name="predictor">Reads, answers and writes them.</param>
internal sealed class Predictions(IPredictor predictor)
{
    /// <summary>The header that keeps a caller at one model version.</summary>
    public const string StickyHeader = "Serverless-Sticky-Key";

    private const int MaxStickyLength = 256;

    /// <summary>Rows.</summary>
    public async Task PredictAsync(ApiCall call, CancellationToken cancel) =>
        await WriteAsync(call, await predictor.PredictAsync(Name(call), Read(call.Http.Request), cancel), cancel);

    /// <summary>Tensors.</summary>
    public async Task InferAsync(ApiCall call, CancellationToken cancel) =>
        await WriteAsync(call, await predictor.InferAsync(Name(call), Read(call.Http.Request), cancel), cancel);

    /// <summary>What the model takes and gives.</summary>
    public async Task MetadataAsync(ApiCall call, CancellationToken cancel) => await WriteAsync(call, await predictor.MetadataAsync(Name(call), cancel), cancel);

    /// <summary>Whether it would answer.</summary>
    public async Task ReadyAsync(ApiCall call, CancellationToken cancel) => await WriteAsync(call, await predictor.ReadyAsync(Name(call), cancel), cancel);

    private static string Name(ApiCall call) => NameRules.IsName(call["name"])
        ? call["name"]
        : throw Fail.NotFound("endpoint", Shown.Quote(call["name"])[1..^1], "List the endpoints to see what there is.");

    private static WireRequest Read(HttpRequest request)
    {
        string? sticky = request.Headers[StickyHeader];
        if (sticky?.Length > MaxStickyLength)
            throw Fail.Invalid("header." + StickyHeader, $"'{StickyHeader}' has {sticky.Length} characters; the limit is {MaxStickyLength}.", "Send a shorter one.");
        return new WireRequest
        {
            Body = request.Body,
            ContentType = request.ContentType,
            ContentLength = request.ContentLength,
            Accept = request.Headers.Accept,
            InferenceHeaderContentLength = request.Headers["Inference-Header-Content-Length"],
            StickyKey = string.IsNullOrEmpty(sticky) ? null : sticky,
        };
    }

    private static async Task WriteAsync(ApiCall call, WireReply reply, CancellationToken cancel)
    {
        var response = call.Http.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers)
            response.Headers[name] = value;
        await response.Body.WriteAsync(reply.Body, cancel);
    }
}
