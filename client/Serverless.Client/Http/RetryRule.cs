using System.Net;

namespace Serverless.Client.Http;

/// <summary>Whether and when a call is sent again. Bounded in number and in time.</summary>
/// <param name="options">The bounds.</param>
internal sealed class RetryRule(ServerlessClientOptions options)
{
    /// <summary>The wait before the next attempt after a refusal; null when there is none: the refusal is final, or the bound is reached.</summary>
    /// <remarks>429 says that nothing was done, so that anything may be sent again. After 408, 502, 503 and 504 something may have been done.</remarks>
    public TimeSpan? After(ApiCall call, HttpResponseMessage response, int attempt)
    {
        var again = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => true,
            HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => call.IsRepeatable,
            _ => false,
        };
        if (!again || attempt >= Attempts(call))
            return null;
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - options.Clock.GetUtcNow(),
            _ => TimeSpan.Zero,
        };
        return Max(Delay(attempt), Min(asked, options.MaxDelay));
    }

    /// <summary>The wait before the next attempt after the network failed; null when there is none.</summary>
    public TimeSpan? After(ApiCall call, Exception failure, int attempt)
    {
        var neverArrived = failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };
        return (neverArrived || call.IsRepeatable) && attempt < Attempts(call) ? Delay(attempt) : null;
    }

    private int Attempts(ApiCall call) => call.Attempts ?? options.Attempts;

    private TimeSpan Delay(int attempt) => Min(options.FirstDelay * Math.Pow(2, attempt - 1), options.MaxDelay);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
