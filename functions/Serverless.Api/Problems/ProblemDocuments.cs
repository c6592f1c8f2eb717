using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;

namespace Serverless.Api.Problems;

/// <summary>Turns failures into problem documents (RFC 9457).</summary>
internal static class ProblemDocuments
{
    private const string MediaType = "application/problem+json";

    /// <summary>The document of a failure.</summary>
    /// <param name="failure">What failed.</param>
    /// <param name="traceId">The id under which the log has the request.</param>
    public static Problem Of(ServerlessException failure, string? traceId)
    {
        var kind = ProblemKind.Of(failure.Code);
        return new Problem
        {
            Type = $"urn:serverless:problem:{failure.Code}",
            Title = kind.Title,
            Status = kind.Status,
            Code = failure.Code,
            Detail = failure.Message,
            Cure = failure.Cure,
            Retryable = failure.Retryable,
            Errors = failure.Errors.Count == 0 ? null : failure.Errors,
            TraceId = traceId,
        };
    }

    /// <summary>The document of a failure that nobody foresaw: it says nothing of what is inside.</summary>
    public static Problem Unforeseen(string traceId) =>
        Of(new ServerlessException(ProblemCodes.Internal, "The host failed in a way that it did not foresee.", $"Look for '{traceId}' in the host's log.", retryable: true), traceId);

    /// <summary>Writes the document as the answer.</summary>
    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        var response = http.Response;
        response.StatusCode = problem.Status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (problem.Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable && !response.Headers.ContainsKey("Retry-After"))
            response.Headers.RetryAfter = "1";
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ContractsJson.Default.Problem);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }
}
