using Microsoft.Extensions.Logging;
using Serverless.Core.Failures;
using Serverless.Core.Names;
using Serverless.Core.Uploads;

namespace Serverless.Api.Uploads;

/// <summary>Finds uploads whose event was lost. How far it has looked stands in a document, since a host that scales to zero remembers nothing.</summary>
public sealed partial class UploadSweep(DropStore drop, UploadIntake intake, UploadSweepSet state, TimeProvider clock, ILogger<UploadSweep> log)
{
    /// <summary>Most files that one sweep takes in; the next goes on.</summary>
    private const int MaxTaken = 1_000;

    /// <summary>How far a sweep looks back behind the one before: longer than clocks differ and a listing lags.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>Sweeps once. Any number of times, on any number of hosts.</summary>
    /// <returns>How many files it took in.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var begun = clock.GetUtcNow();
        var last = await state.ReadAsync(drop.Container, cancel);
        var since = last is { } known && known.Record.SweptTo <= begun ? known.Record.SweptTo - Overlap : DateTimeOffset.MinValue;
        var (taken, whole) = (0, true);
        await foreach (var entry in drop.Store.ListAsync("", cancel))
        {
            if (entry.ModifiedAt < since)
                continue;
            if (taken == MaxTaken)
            {
                whole = false;
                break;
            }

            if (await TakeAsync(entry.Path.Value, cancel) is { } took)
                taken += took ? 1 : 0;
            else
                whole = false;
        }

        if (whole)
            await RecordAsync(new UploadSweepState(drop.Container, begun), last?.ETag, cancel);
        return taken;
    }

    /// <summary>Null when it could not be taken in now: the others go on, and the next sweep looks at all of them again.</summary>
    private async Task<bool?> TakeAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await intake.TakeAsync(path, cancel);
        }
        catch (ServerlessException error)
        {
            LogFailed(Shown.Quote(path), error);
            return null;
        }
    }

    private async Task RecordAsync(UploadSweepState now, string? eTag, CancellationToken cancel)
    {
        // Whoever came between has looked as far, or will look again.
        if (eTag is null)
            await state.CreateAsync(now, cancel);
        else
            await state.ReplaceAsync(now, eTag, cancel);
    }

    [LoggerMessage(6153, LogLevel.Warning, "The upload {File} could not be taken in; the next sweep tries again.")]
    private partial void LogFailed(string file, Exception error);
}
