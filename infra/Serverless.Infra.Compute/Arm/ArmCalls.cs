using Azure;
using Azure.Identity;

namespace Serverless.Infra.Compute.Arm;

/// <summary>Makes calls again whose failure passes; the client's own retries are off, so that there is one bound and one clock. Every call that goes through here does no harm when made twice.</summary>
internal sealed class ArmCalls(RetryRule rule, TimeProvider clock)
{
    /// <summary>Makes a call. Failures that do not pass, or last, come as the client throws them.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        var waited = TimeSpan.Zero;
        for (var tries = 1; ; tries++)
        {
            TimeSpan wait;
            try
            {
                return await call();
            }
            catch (AuthenticationFailedException failed)
            {
                throw new RequestFailedException(401, failed.Message, ArmFailure.NotSignedIn, failed);
            }
            catch (RequestFailedException failed) when (ArmFailure.Read(failed).IsPassing && Next(failed, tries, waited) is { } next)
            {
                wait = next;
            }

            await Task.Delay(wait, clock, cancel);
            waited += wait;
        }
    }

    private TimeSpan? Next(RequestFailedException failed, int tries, TimeSpan waited)
    {
        string? header = null;
        failed.GetRawResponse()?.Headers.TryGetValue("Retry-After", out header);
        return rule.Next(tries, waited, RetryRule.RetryAfter(header, clock.GetUtcNow()));
    }
}
