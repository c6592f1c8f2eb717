using Serverless.Api.Routing;
using Serverless.Contracts;
using Serverless.Contracts.Endpoints;
using Serverless.Contracts.Inference;

namespace Serverless.Api.Endpoints;

/// <summary>The rows that predict: all that the inference app of a larger installation has.</summary>
internal static class PredictRoutes
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<Route> Rows { get; } =
    [
        new()
        {
            Method = "POST", Template = Routes.Predict, Name = "predict", Access = RouteAccess.Predict, Summary = "Predicts rows that come as JSON or CSV.",
            Body = new(["application/json", "text/csv"], typeof(PredictRequest)), MaxBodyBytes = RouteLimits.PredictBytes, TimeOut = RouteLimits.WaitTimeOut,
            Parameters = [new(Predictions.StickyHeader, "string", "Keeps a caller at the same model version when traffic is split; at most 256 characters.", "header")],
            Replies = [RouteReply.Json<PredictResponse>(200, "The predictions.")],
            Handler = Answer.By<Predictions>((predictions, call, cancel) => predictions.PredictAsync(call, cancel)),
        },
        new()
        {
            Method = "POST", Template = Routes.Infer, Name = "infer", Access = RouteAccess.Predict, Summary = "Open Inference Protocol: runs the model on tensors, as JSON or binary.",
            Body = new(["application/json", "application/octet-stream"], typeof(InferRequest)), MaxBodyBytes = RouteLimits.PredictBytes, TimeOut = RouteLimits.WaitTimeOut,
            Parameters =
            [
                new("Inference-Header-Content-Length", "integer", "Length of the JSON before the binary tensors.", "header"),
                new(Predictions.StickyHeader, "string", "Keeps a caller at the same model version when traffic is split; at most 256 characters.", "header"),
            ],
            Replies = [RouteReply.Json<InferResponse>(200, "The outputs.")],
            Handler = Answer.By<Predictions>((predictions, call, cancel) => predictions.InferAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.InferMetadata, Name = "inferMetadata", Access = RouteAccess.Predict, Summary = "Open Inference Protocol: what the model takes and gives.",
            Replies = [RouteReply.Json<InferMetadata>(200, "Its inputs and outputs.")],
            Handler = Answer.By<Predictions>((predictions, call, cancel) => predictions.MetadataAsync(call, cancel)),
        },
        new()
        {
            Method = "GET", Template = Routes.InferModelReady, Name = "inferModelReady", Access = RouteAccess.Predict, Summary = "Open Inference Protocol: whether the endpoint would answer.",
            Replies = [new(200, "It would.", "application/json")],
            Handler = Answer.By<Predictions>((predictions, call, cancel) => predictions.ReadyAsync(call, cancel)),
        },
    ];
}
