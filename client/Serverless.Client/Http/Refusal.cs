using System.Text.Json;
using Serverless.Contracts.Problems;
using Serverless.Contracts.Wire;

namespace Serverless.Client.Http;

/// <summary>Reads what a host says when it refuses; also what stands between it and us may answer.</summary>
internal static class Refusal
{
    /// <summary>Most bytes of an error's body that are read.</summary>
    private const int MaxBytes = 256 * 1024;

    /// <summary>The problem document, or one made from the status when the body is none.</summary>
    public static async Task<Problem> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentType is { MediaType: "application/problem+json" or "application/json" })
        {
            try
            {
                var bytes = await ReadBoundedAsync(response.Content, cancel);
                if (JsonSerializer.Deserialize(bytes, ContractsJson.Default.Problem) is { } problem)
                    return problem;
            }
            catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
            {
                // The status alone says enough; the body is not one that we know.
            }
        }

        return Unexpected(response, $"The answer is {(int)response.StatusCode} {response.ReasonPhrase} and has no problem document.");
    }

    /// <summary>A problem for an answer that a host of ours does not give.</summary>
    public static Problem Unexpected(HttpResponseMessage response, string detail) => new()
    {
        Title = "Unexpected answer",
        Status = (int)response.StatusCode,
        Code = CodeOf((int)response.StatusCode),
        Detail = $"{detail} The request was {response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.GetLeftPart(UriPartial.Path)}.",
        Cure = "Check that the address is that of a Serverless host of this version.",
    };

    private static string CodeOf(int status) => status switch
    {
        400 => ProblemCodes.Invalid,
        401 => ProblemCodes.Unauthenticated,
        403 => ProblemCodes.Forbidden,
        404 => ProblemCodes.NotFound,
        405 => ProblemCodes.MethodNotAllowed,
        409 => ProblemCodes.Conflict,
        413 => ProblemCodes.TooLarge,
        415 => ProblemCodes.UnsupportedMediaType,
        421 => ProblemCodes.ForeignHost,
        429 => ProblemCodes.Busy,
        502 or 503 or 504 => ProblemCodes.Unavailable,
        507 => ProblemCodes.StorageFull,
        _ => ProblemCodes.Internal,
    };

    private static async Task<byte[]> ReadBoundedAsync(HttpContent content, CancellationToken cancel)
    {
        await using var body = await content.ReadAsStreamAsync(cancel);
        var buffer = new byte[MaxBytes];
        var length = await body.ReadAtLeastAsync(buffer, MaxBytes, throwOnEndOfStream: false, cancel);
        return buffer[..length];
    }
}
