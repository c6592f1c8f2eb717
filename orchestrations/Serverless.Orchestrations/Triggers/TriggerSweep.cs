using Serverless.Core.Datasets;
using Serverless.Core.Triggers;

namespace Serverless.Orchestrations.Triggers;

/// <summary>
/// Completes what messages missed: firings that were broken off before their job, and data whose message was lost. Runs any number of times, on any number of hosts.
/// It keeps in memory how far it has looked, so that only the first sweep of a process reads all versions since the oldest trigger.
/// </summary>
public sealed class TriggerSweep(TriggerSet triggers, FiringSet firings, DatasetSet datasets, TriggerDispatch dispatch, TimeProvider clock)
{
    /// <summary>How far a sweep looks back behind the one before: longer than clocks of hosts differ and documents take to appear.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private DateTimeOffset swept = DateTimeOffset.MinValue;

    /// <summary>Sweeps once.</summary>
    /// <returns>How many jobs it started.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var begun = clock.GetUtcNow();
        var started = 0;
        await foreach (var firing in firings.AllAsync(new Dictionary<string, string> { ["started"] = "no" }, cancel))
            started += await dispatch.CompleteAsync(firing, cancel) ? 1 : 0;
        started += await MissedAsync(cancel);
        swept = begun;
        return started;
    }

    private async Task<int> MissedAsync(CancellationToken cancel)
    {
        var all = new List<TriggerRecord>();
        await foreach (var trigger in triggers.AllAsync(null, cancel))
            all.Add(trigger);
        if (all.Count == 0)
            return 0;

        // A trigger that is younger than the last sweep needs no look further back than itself; an older one has been looked at up to there.
        var since = all.Min(trigger => trigger.CreatedAt);
        if (swept > since + Overlap && swept <= clock.GetUtcNow())
            since = swept - Overlap;
        var started = 0;
        await foreach (var version in datasets.AllAsync(null, cancel))
        {
            if (version.CreatedAt < since)
                break;
            foreach (var trigger in all)
                started += await dispatch.FireAsync(trigger, version, cancel) ? 1 : 0;
        }

        return started;
    }
}
