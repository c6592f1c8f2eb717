using System.Globalization;
using System.Text.Json;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Endpoints;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Inference.Protocol;

/// <summary>Answers that are not predictions: problem documents as RFC 9457 has them.</summary>
internal static class Replies
{
    /// <summary>Content-Type of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>A request with errors.</summary>
    public static WireReply Invalid(RequestErrors errors)
    {
        var first = errors.List[0];
        var detail = errors.Count == 1 ? first.Message : $"The request has {errors.Count} errors. The first: {first.Message}";
        return Problem(400, ProblemCodes.Invalid, "The request has errors", detail, errors.Count == 1 ? first.Cure : "Correct each of the errors that are listed.", errors: errors.List);
    }

    /// <summary>No such endpoint.</summary>
    public static WireReply NoEndpoint(string endpoint) =>
        Problem(404, ProblemCodes.NotFound, "Not found", $"There is no endpoint {Shown.Quote(endpoint)}.", "List the endpoints with 'endpoint list', or deploy a model with 'endpoint deploy'.");

    /// <summary>An endpoint without traffic.</summary>
    public static WireReply NoTraffic(string endpoint) =>
        Problem(503, ProblemCodes.Unavailable, "Unavailable", $"No model answers for the endpoint {Shown.Quote(endpoint)} yet.", "Deploy a model to it with 'endpoint deploy'.", retryable: true);

    /// <summary>A bounded queue is full.</summary>
    public static WireReply Busy(string what, int seconds = 1) =>
        Problem(429, ProblemCodes.Busy, "Too many requests", what, "Call again after the time in Retry-After; call less often, or send more rows in one call.", retryable: true) with
        {
            Headers = [new("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))],
        };

    /// <summary>The body is too long.</summary>
    public static WireReply TooLarge(long limit) =>
        Problem(413, ProblemCodes.TooLarge, "Too large", $"The body has more than {limit} bytes, the limit.", "Send the rows in several calls.");

    /// <summary>The body is of a kind that is not read here.</summary>
    public static WireReply UnsupportedMedia(string detail, string cure) =>
        Problem(415, ProblemCodes.UnsupportedMediaType, "Unsupported media type", detail, cure);

    /// <summary>The model failed on the inputs.</summary>
    public static WireReply ModelFailed(EndpointModel model, string message) =>
        Problem(422, ProblemCodes.ModelInvalid, "The model failed", $"The model {model} failed on these inputs: {message}", "Look at the model's inputs under GET /v2/models/{name}, and at the values sent.");

    /// <summary>The model took too long.</summary>
    public static WireReply ModelLate(EndpointModel model, TimeSpan limit) =>
        Problem(503, ProblemCodes.Unavailable, "The model took too long", $"The model {model} did not answer within {limit.TotalSeconds:0.#} s and was stopped.", "Send fewer rows in one call.", retryable: true);

    /// <summary>What a failure of a part below is over HTTP.</summary>
    public static WireReply Failed(ServerlessException failure)
    {
        var (status, title) = failure.Code switch
        {
            ProblemCodes.Invalid => (400, "The request has errors"),
            ProblemCodes.Busy => (429, "Too many requests"),
            ProblemCodes.Unavailable or ProblemCodes.NotFound => (503, "Unavailable"),
            ProblemCodes.ModelInvalid or ProblemCodes.HashMismatch or ProblemCodes.TooLarge => (422, "The model cannot be used"),
            _ => (500, "Internal error"),
        };
        return Problem(status, status == 500 ? ProblemCodes.Internal : failure.Code, title, failure.Message, failure.Cure, failure.Retryable, failure.Errors.Count == 0 ? null : failure.Errors);
    }

    private static WireReply Problem(
        int status, string code, string title, string detail, string? cure, bool retryable = false, IReadOnlyList<FieldError>? errors = null)
    {
        var problem = new Problem
        {
            Type = $"urn:serverless:problem:{code}",
            Title = title,
            Status = status,
            Detail = detail,
            Code = code,
            Cure = cure,
            Retryable = retryable,
            Errors = errors,
        };
        return new WireReply { Status = status, ContentType = "application/problem+json", Body = JsonSerializer.SerializeToUtf8Bytes(problem, ContractsJson.Default.Problem) };
    }
}
