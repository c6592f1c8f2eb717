using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Serverless.Api.Routing;
using Serverless.Contracts.Problems;
using Serverless.Core.Failures;
using Serverless.Core.Names;

namespace Serverless.Api.Pipeline;

/// <summary>Bounds a request's body before anybody reads it.</summary>
internal static class BodyRules
{
    /// <summary>Applies a route's bounds. A body without a length is cut off where it passes them.</summary>
    /// <exception cref="ServerlessException"><c>too_large</c>, <c>unsupported_media_type</c>.</exception>
    public static void Apply(HttpContext http, Route route)
    {
        var encoding = http.Request.Headers.ContentEncoding;
        if (encoding.Count != 0 && !string.Equals(encoding.ToString(), "identity", StringComparison.OrdinalIgnoreCase))
            throw new ServerlessException(ProblemCodes.UnsupportedMediaType, $"The body is compressed as {Shown.Quote(encoding.ToString())}.", "Send it uncompressed.");
        if (http.Request.ContentLength > route.MaxBodyBytes)
            throw TooLarge(http.Request.ContentLength.Value, route.MaxBodyBytes);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = route.MaxBodyBytes;
    }

    /// <summary>What the server found wrong while it read.</summary>
    public static ServerlessException Explain(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new ServerlessException(ProblemCodes.TooLarge, "The body is larger than this route's limit.", "Send less at once."),
        StatusCodes.Status408RequestTimeout => new ServerlessException(ProblemCodes.Unavailable, "The body came too slowly.", "Try again.", retryable: true),
        _ => Fail.Invalid("body", "The request is not valid HTTP, or its body ended early.", "Send the whole body with its right length."),
    };

    private static ServerlessException TooLarge(long length, long limit) =>
        new(ProblemCodes.TooLarge, limit == 0
            ? "The request has a body; this route takes none."
            : string.Create(CultureInfo.InvariantCulture, $"The body has {length} bytes; the limit is {limit}."), limit == 0 ? "Send none." : "Send less at once.");
}
