using System.Net;
using Serverless.Contracts.Problems;

namespace Serverless.Agent.Hosts;

/// <summary>The host did not do what was asked.</summary>
/// <param name="message">What failed, with the host's own words where it had some.</param>
/// <param name="status">The HTTP status; null when there was no answer.</param>
/// <param name="code">The problem's code; null when there was none.</param>
/// <param name="retryAfter">When the host wants to be asked again.</param>
/// <param name="inner">What it came from.</param>
internal sealed class HostFailure(string message, HttpStatusCode? status = null, string? code = null, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public HttpStatusCode? Status { get; } = status;

    public string? Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Another agent owns the job, or nobody does.</summary>
    public bool StaleEpoch => Code == ProblemCodes.StaleEpoch;

    /// <summary>The host's disk is full.</summary>
    public bool StorageFull => Status == HttpStatusCode.InsufficientStorage;

    /// <summary>The node's token is not accepted.</summary>
    public bool Refused => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>Whether the same request may succeed later. A full disk may be emptied.</summary>
    public bool Retryable => Status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
