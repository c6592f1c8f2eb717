using Serverless.Contracts.Problems;
using Serverless.Core.Failures;

namespace Serverless.Infra.Local.Compute;

/// <summary>Keeps an agent that ends before its first word from being started again and again: the pauses double from half a second to half a minute.</summary>
internal sealed class StartBackoff(TimeProvider clock)
{
    private const int MaxDoublings = 6;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private int failures;
    private long last;
    private string why = "";

    /// <summary>An agent has spoken.</summary>
    public void Succeeded()
    {
        lock (gate)
            failures = 0;
    }

    /// <summary>An agent has ended before its first word, or could not be started.</summary>
    public void Failed(string reason)
    {
        lock (gate)
        {
            failures++;
            last = clock.GetTimestamp();
            why = reason;
        }
    }

    /// <summary>Goes on unless a pause is on.</summary>
    /// <exception cref="ServerlessException"><c>unavailable</c> with the reason of the last failure.</exception>
    public void Check()
    {
        lock (gate)
        {
            if (failures == 0)
                return;
            var pause = First * (1 << Math.Min(failures - 1, MaxDoublings));
            var left = pause - clock.GetElapsedTime(last);
            if (left > TimeSpan.Zero)
            {
                throw new ServerlessException(ProblemCodes.Unavailable,
                    $"No node can be started: {why} That was failure {failures} in a row; the next try is in {left.TotalSeconds:0.0} s.",
                    "Look at the node's log in the data folder under 'run/nodes'.", retryable: true);
            }
        }
    }
}
