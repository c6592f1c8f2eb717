using Serverless.Core.Failures;

namespace Serverless.Core.Doorbells.Brokers;

/// <summary>A lent message that is kept for a while by renewing the loan.</summary>
internal sealed class Loan(ILentMessage message, string queue, string receipt)
{
    private readonly CancellationTokenSource stop = new();

    public ILentMessage Message => message;

    public string Queue => queue;

    /// <summary>Proves who has it.</summary>
    public string Receipt => receipt;

    /// <summary>Renews the loan until a time is over, then does something.</summary>
    /// <param name="time">How long.</param>
    /// <param name="clock">Tells.</param>
    /// <param name="then">What happens then.</param>
    /// <param name="lost">What happens when the broker has taken it back.</param>
    public void Keep(TimeSpan time, TimeProvider clock, Func<Task> then, Action lost) => _ = KeepAsync(time, clock, then, lost);

    /// <summary>Ends the keeping.</summary>
    public void Stop() => stop.Cancel();

    private async Task KeepAsync(TimeSpan time, TimeProvider clock, Func<Task> then, Action lost)
    {
        try
        {
            var started = clock.GetTimestamp();
            for (var left = time; left > TimeSpan.Zero; left = time - clock.GetElapsedTime(started))
            {
                var half = message.Loan / 2;
                await Task.Delay(left < half ? left : half, clock, stop.Token);
                if (time - clock.GetElapsedTime(started) > TimeSpan.Zero && !await RenewAsync())
                {
                    lost();
                    return;
                }
            }

            await then();
        }
        catch (OperationCanceledException)
        {
            // It was settled.
        }
        catch (ServerlessException)
        {
            // The broker does not answer: the loan ends by itself, and the message comes again.
            lost();
        }
    }

    /// <summary>Renews; a broker that does not answer now is asked again half a loan later, which is in time once.</summary>
    private async Task<bool> RenewAsync()
    {
        try
        {
            return await message.RenewAsync(stop.Token);
        }
        catch (ServerlessException passing) when (passing.Retryable)
        {
            return true;
        }
    }
}
