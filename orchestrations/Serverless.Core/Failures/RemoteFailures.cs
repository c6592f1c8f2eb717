using Serverless.Contracts.Problems;
using Serverless.Core.Names;

namespace Serverless.Core.Failures;

/// <summary>What a remote store or broker refused, in the words of the ports: by HTTP status where it has one.</summary>
public static class RemoteFailures
{
    private const int MaxText = 300;

    /// <summary>A refusal that is no expected outcome of the call.</summary>
    /// <param name="what">What was tried, such as <c>Reading 'a/b'</c>.</param>
    /// <param name="status">The HTTP status; 0: no answer came.</param>
    /// <param name="code">The store's own code; may be empty.</param>
    /// <param name="words">The store's words, of which the first line is shown.</param>
    /// <param name="cause">What was thrown.</param>
    public static ServerlessException Of(string what, int status, string? code, string words, Exception? cause)
    {
        var said = $"{(status == 0 ? "no answer" : $"status {status}")}{(string.IsNullOrEmpty(code) ? "" : $", {code}")}: {Shown.Quote(words.Split('\n')[0].Trim(), MaxText)}";
        return status switch
        {
            401 or 403 => new(ProblemCodes.Unavailable, $"{what} failed: the host may not do this ({said}).",
                "Give the host's identity its role on the store; roles take some minutes to work. docs/mechanisms/azure-storage.md lists them.", inner: cause),
            404 => new(ProblemCodes.Unavailable, $"{what} failed: the store has not got its container, table or queue ({said}).", "Deploy the infrastructure, or correct the name in the options.", inner: cause),
            409 or 412 => new(ProblemCodes.Conflict, $"{what} failed: something else is there, or came between ({said}).", "Read it again, then decide.", inner: cause),
            413 => new(ProblemCodes.TooLarge, $"{what} failed: it is too large for the store ({said}).", "Keep large content in an artifact.", inner: cause),
            507 => new(ProblemCodes.StorageFull, $"{what} failed: the store is full ({said}).", "Free some space or raise the quota.", inner: cause),
            0 or 408 or 429 or >= 500 => new(ProblemCodes.Unavailable, $"{what} failed ({said}).", "Try again; when it goes on, look at the store's status.", retryable: true, inner: cause),
            _ => new(ProblemCodes.Internal, $"{what} failed: the store refuses the request ({said}).", "This is a fault of the product; please report it.", inner: cause),
        };
    }
}
