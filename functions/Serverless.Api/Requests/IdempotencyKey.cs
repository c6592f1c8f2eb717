using Microsoft.AspNetCore.Http;
using Serverless.Contracts.Wire;
using Serverless.Core.Failures;

namespace Serverless.Api.Requests;

/// <summary>The key under which a submission is made once, however often it is sent.</summary>
internal static class IdempotencyKey
{
    private const int MaxLength = 128;

    /// <summary>The key of a request; null when it has none.</summary>
    /// <exception cref="ServerlessException"><c>invalid_input</c>.</exception>
    public static string? Of(HttpRequest request)
    {
        var values = request.Headers[ApiNames.IdempotencyKey];
        if (values.Count == 0)
            return null;
        return values.Count == 1 && values[0] is { Length: > 0 and <= MaxLength } key && key.All(c => c is > ' ' and < '\u007f')
            ? key
            : throw Fail.Invalid("header." + ApiNames.IdempotencyKey, $"'{ApiNames.IdempotencyKey}' is empty, given twice, or not 1 to {MaxLength} visible ASCII characters.", "Send a random identifier.");
    }
}
