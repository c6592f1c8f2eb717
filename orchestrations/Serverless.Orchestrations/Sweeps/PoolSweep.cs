using Serverless.Core.Compute;

namespace Serverless.Orchestrations.Sweeps;

/// <summary>Lets the providers of machines delete what costs and serves nothing. What cannot be deleted now is tried again the next time.</summary>
public sealed class PoolSweep(IComputePool compute, RetentionOptions options, TimeProvider clock)
{
    private DateTimeOffset? looked;

    /// <summary>Sweeps, if the last look is long enough ago.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (looked is { } last && (now - last).Duration() < options.Machines)
            return;
        looked = now;
        await compute.SweepAsync(cancel);
    }
}
