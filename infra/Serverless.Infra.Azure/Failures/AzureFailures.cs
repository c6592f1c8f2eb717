using Azure;
using Azure.Identity;
using Serverless.Core.Failures;

namespace Serverless.Infra.Azure.Failures;

/// <summary>What Azure's clients throw, in the words of the ports.</summary>
internal static class AzureFailures
{
    /// <summary>Makes a call.</summary>
    /// <param name="what">What it does, for the message.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancel">Breaks off.</param>
    public static async Task<T> CallAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call(cancel);
        }
        catch (Exception failed) when (Understand(what, failed, cancel) is { } known)
        {
            throw known;
        }
    }

    /// <summary>The failure as a port says it; null when it is none of Azure's.</summary>
    public static ServerlessException? Understand(string what, Exception failed, CancellationToken cancel) => failed switch
    {
        RequestFailedException refused => RemoteFailures.Of(what, refused.Status, refused.ErrorCode, refused.Message, refused),
        AuthenticationFailedException denied => RemoteFailures.Of(what, 401, null, denied.Message, denied),
        AggregateException { InnerException: RequestFailedException refused } => RemoteFailures.Of(what, refused.Status, refused.ErrorCode, refused.Message, refused),
        OperationCanceledException late when !cancel.IsCancellationRequested => RemoteFailures.Of(what, 0, null, late.Message, late),
        _ => null,
    };
}
